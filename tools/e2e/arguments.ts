import { parseArgs } from 'node:util';
import { publicUrlOf } from '../shop/addresses.ts';

export const USAGE = `Usage: npm run e2e -- [--base-url URL] [--issuer-url URL | --token-command COMMAND | --anonymous]
                       [--no-service-pages]

Runs the end-to-end tests against a shop that is running, by HTTP alone. What they create they remove again.

  --base-url URL           where the shop answers; default ${publicUrlOf('front-door')}
  --issuer-url URL         the development issuer that gives tokens; default ${publicUrlOf('dev-issuer')}
  --token-command COMMAND  prints a bearer token instead: called with --customer ID, and --admin for an administrator
  --anonymous              only the tests that need no token; they change nothing, so a shop with customers may have them
  --no-service-pages       expects docs, API descriptions and task pages to be closed, instead of open`;

export type Arguments = {
  baseUrl: string;
  /** None: only the tests that need none. */
  tokens: { issuerUrl: string } | { command: string } | undefined;
  servicePages: boolean;
};

/** Undefined when help is wanted; throws when the arguments do not fit. */
export function readArguments(args: readonly string[]): Arguments | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h' },
      'base-url': { type: 'string' },
      'issuer-url': { type: 'string' },
      'token-command': { type: 'string' },
      anonymous: { type: 'boolean', default: false },
      'no-service-pages': { type: 'boolean' },
    },
  });
  if (values.help) return undefined;
  const { 'issuer-url': issuerUrl, 'token-command': command } = values;
  if (issuerUrl !== undefined && command !== undefined)
    throw new Error('Tokens come from --issuer-url or from --token-command, not from both.');
  if (values.anonymous && (issuerUrl ?? command) !== undefined)
    throw new Error('--anonymous needs no tokens, and takes no other option for them.');
  const tokens = command ? { command } : { issuerUrl: urlIn('--issuer-url', issuerUrl ?? publicUrlOf('dev-issuer')) };
  return {
    baseUrl: urlIn('--base-url', values['base-url'] ?? publicUrlOf('front-door')),
    tokens: values.anonymous ? undefined : tokens,
    servicePages: !values['no-service-pages'],
  };
}

function urlIn(option: string, text: string): string {
  if (!/^https?:\/\/[^/?#]+\/?$/.test(text))
    throw new Error(`${option} is "${text}", and should be like http://host:8080`);
  return text.replace(/\/$/, '');
}
