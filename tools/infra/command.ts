import { fileURLToPath } from 'node:url';
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { profileNames, readProfile, readTemplates } from '../infra-check/resolve/read-infra.ts';
import { readGiven, withGiven } from './given-parameters.ts';
import { createTarget, type Target } from './target.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const SHARED_USAGE = `
  --profile NAME    ${profileNames.join(' or ')} (default workshop), the parameters of infra/params
  --parameter NAME=VALUE
                    another value than the profile's, for every template that declares it; order:NAME=VALUE for one service or
                    template; may be repeated. Values that stand for yours, such as shop.example, have to be given once: then
                    the stack keeps them. Any other holds for this command; write what should stay into the profile.
  --emulator        AWS_ENDPOINT_URL is an emulator such as moto: templates are resolved to plain JSON first, and what
                    the emulator lacks is left out
  --help            this text

Region and credentials are those of every AWS tool: AWS_REGION, AWS_PROFILE and so on. AWS_ENDPOINT_URL is honoured.`;

const shared = {
  profile: { type: 'string', default: 'workshop' },
  parameter: { type: 'string', multiple: true },
  emulator: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export type Values = { [option: string]: string | string[] | boolean | undefined };

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
    const templates = readTemplates(root);
    const given = readGiven(Array.isArray(values.parameter) ? values.parameter : []);
    const profile = withGiven(readProfile(root, name), templates, given);
    const target = createTarget(templates, profile, { emulator: values.emulator === true });
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
