import { join } from 'node:path';
import { applyMutant } from '../infra-check/mutants/mutant.ts';
import { readTemplates } from '../infra-check/resolve/read-infra.ts';
import type { Finding, Subject } from './finding.ts';
import type { PlantedFault } from './planted-faults.ts';
import { resolvedSubjects } from './subjects.ts';

export type Planted = { fault: PlantedFault; subject: Subject };

/** The stack with the mistake in it, as production deploys it chapter by chapter. */
export function plant(root: string, fault: PlantedFault, folder: string): Planted {
  const templates = readTemplates(root, { [fault.file]: (document) => applyMutant(document, fault) });
  const subjects = resolvedSubjects(root, 'production', join(folder, fault.rule), templates);
  const subject = subjects.find(({ template }) => template === fault.stack);
  if (!subject) throw new Error(`production has no stack ${fault.stack}`);
  return { fault, subject };
}

/** A sentence when nobody found it. */
export function whyOverlooked({ fault, subject }: Planted, findings: readonly Finding[]): string | undefined {
  const { checker, rule, mistake, file } = fault;
  const isFound = findings.some((each) => each.subject === subject && each.checker === checker && each.rule === rule);
  return isFound ? undefined : `${checker} does not find ${mistake} in ${file} (${rule})`;
}
