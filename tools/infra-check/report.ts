import type { Result } from './check.ts';
import type { Finding } from './finding.ts';

/** One profile for people: each finding with its place, what is wrong and how to mend it, or a single line. */
export function renderResult(profile: string, { findings, resources, suppressed }: Result, ruleCount: number): string {
  const told = suppressed.map(({ rule, file, reason }) => `  allowed: ${rule} in ${file}: ${reason}`);
  const count = findings.length === 0 ? 'no finding' : `${findings.length} finding${findings.length === 1 ? '' : 's'}`;
  return [
    ...findings.map(renderFinding),
    `${profile}: ${ruleCount} rules, ${resources} resources, ${count}`,
    ...told,
  ].join('\n');
}

function renderFinding({ where, rule, mistake, message, mend }: Finding): string {
  return `${where} ${rule} ${message}\n    the mistake: ${mistake}\n    mend it:     ${mend}\n`;
}
