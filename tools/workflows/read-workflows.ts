import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { JsonObject } from '../infra-check/resolve/json.ts';

export const WORKFLOWS = '.github/workflows';

export type Workflow = { file: string; text: string; body: JsonObject };

export function readWorkflows(root: string): Workflow[] {
  const files = globSync(`${WORKFLOWS}/*.yml`, { cwd: root }).sort();
  return files.map((file) => toWorkflow(file, readFileSync(join(root, file), 'utf8')));
}

export function toWorkflow(file: string, text: string): Workflow {
  return { file, text, body: parse(text) as JsonObject };
}
