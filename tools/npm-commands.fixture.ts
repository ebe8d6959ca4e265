import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');

type Manifest = { scripts: Record<string, string>; nx: { includedScripts: string[] } };
export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;

/** The scripts of npm that run a program of the tools: name and file. */
export const commands = Object.entries(manifest.scripts).flatMap(([name, script]) => {
  const file = / (tools\/\S+\.ts)$/.exec(script)?.[1];
  return file ? [[name, file] as const] : [];
});

export const infraCommands = commands.filter(([name]) => name.startsWith('infra:'));
