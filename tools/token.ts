// npm run token: prints a bearer token of the running shop's issuer, nothing else.
import { parseArgs } from 'node:util';
import { ports, publicUrlOf } from './shop/addresses.ts';
import { answerHelp } from './usage.ts';

const USAGE = 'Usage: npm run --silent token -- --customer CUSTOMER_ID [--admin]';
answerHelp(`${USAGE}

Prints a bearer token of the running shop's issuer, nothing else.

  --customer CUSTOMER_ID  whose orders it opens
  --admin                 with the scope of an administrator, who may change products`);

async function main(): Promise<void> {
  const { customer: customerId, admin = false } = readArguments();
  if (!customerId) return fail(USAGE);
  const answer = await fetch(`${publicUrlOf('dev-issuer')}/token`, {
    method: 'POST',
    headers: { accept: 'text/plain', 'content-type': 'application/json' },
    body: JSON.stringify({ customerId, admin }),
    signal: AbortSignal.timeout(5000),
  }).catch(() => undefined);
  if (!answer)
    return fail(`The shop is not running: nothing answers on port ${ports['dev-issuer']}. Run npm start first.`);
  if (!answer.ok) return fail(`The issuer refused with ${answer.status}: ${await answer.text()}`);
  console.log(await answer.text());
}

function readArguments(): { customer?: string; admin?: boolean } {
  try {
    return parseArgs({ options: { customer: { type: 'string' }, admin: { type: 'boolean' } } }).values;
  } catch {
    return {};
  }
}

function fail(line: string): void {
  console.error(line);
  process.exitCode = 1;
}

await main();
