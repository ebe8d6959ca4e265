import { fileURLToPath } from 'node:url';
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { profileNames, readProfile, readTemplates } from '../infra-check/resolve/read-infra.ts';
import { createTarget, type Target } from './target.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const SHARED_USAGE = `
  --profile NAME    ${profileNames.join(' or ')} (default workshop), the parameters of infra/params
  --emulator        AWS_ENDPOINT_URL is an emulator such as moto: templates are resolved to plain JSON first, and what
                    the emulator lacks is left out
  --help            this text

Region and credentials are those of every AWS tool: AWS_REGION, AWS_PROFILE and so on. AWS_ENDPOINT_URL is honoured.`;

const shared = {
  profile: { type: 'string', default: 'workshop' },
  emulator: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export type Values = { [option: string]: string | boolean | undefined };

/** Runs a command line of infra: help, profile and target are alike for all. Exit 1 and one sentence when it fails. */
export async function runCommand(
  usage: string,
  options: ParseArgsOptionsConfig,
  run: (target: Target, values: Values) => Promise<void>,
): Promise<void> {
  try {
    const values = parseArgs({ options: { ...shared, ...options } }).values as Values;
    if (values.help) return console.log(usage.trimEnd() + SHARED_USAGE);
    const name = profileNames.find((each) => each === values.profile);
    if (!name) throw new Error(`--profile is "${values.profile}", and should be ${profileNames.join(' or ')}.`);
    const target = createTarget(readTemplates(root), readProfile(root, name), { emulator: values.emulator === true });
    await run(target, values);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

export function textOf(values: Values, option: string): string | undefined {
  const value = values[option];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
