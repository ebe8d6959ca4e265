// npm run reconcile: the job apps/reconcile against the local shop, or, where the environment says where the tables are, these.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { databaseEnvironment, gatewayEnvironment } from './shop/environment.ts';
import { answerHelp } from './usage.ts';

answerHelp(`Usage: npm run reconcile [-- --json] [--repair]

Proves that money, stock and orders of the running shop agree, or tells where not. AWS_ENDPOINT_URL_DYNAMODB and GATEWAY_URL lead it
to another shop. Ends with 0 when all agrees, 1 when not, 2 when it stayed undecided, and 3 when it could not finish.

  --json    the report as JSON
  --repair  refunds a surplus charge`);

const job = fileURLToPath(new URL('../apps/reconcile/src/main.ts', import.meta.url));
const isElsewhere = Boolean(process.env.AWS_ENDPOINT_URL_DYNAMODB || process.env.GATEWAY_URL);
const env = isElsewhere ? process.env : { ...process.env, ...databaseEnvironment, ...gatewayEnvironment };

const [exitCode] = await once(
  spawn(process.execPath, [job, ...process.argv.slice(2)], { env, stdio: 'inherit' }),
  'exit',
);
process.exitCode = exitCode ?? 3;
