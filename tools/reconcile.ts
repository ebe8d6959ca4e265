// npm run reconcile -- [--json] [--repair]: runs the job apps/reconcile against the local shop, or, where the environment
// says where the tables are, against these.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { databaseEnvironment, gatewayEnvironment } from './shop/environment.ts';

const job = fileURLToPath(new URL('../apps/reconcile/src/main.ts', import.meta.url));
const isElsewhere = Boolean(process.env.AWS_ENDPOINT_URL_DYNAMODB || process.env.GATEWAY_URL);
const env = isElsewhere ? process.env : { ...process.env, ...databaseEnvironment, ...gatewayEnvironment };

const [exitCode] = await once(
  spawn(process.execPath, [job, ...process.argv.slice(2)], { env, stdio: 'inherit' }),
  'exit',
);
process.exitCode = exitCode ?? 3;
