import { randomUUID } from 'node:crypto';
import { freePort } from '@shop/testing/free-port';
import { type AwsRecorder, startAwsRecorder } from './aws-recorder.ts';
import type { Right } from './rights-of-call.ts';
import { runJob } from './run-job.ts';
import { startSecretStore } from './secret-store.ts';
import { createServiceProcess } from './service-process.ts';
import { type Shop, startShop } from './shop.ts';

const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:payment-gateway-AbCdEf';

/** Each container of ours, behind the name of its task: the sandbox gateway runs in two tasks, with the rights of either. */
const containers = [
  'catalog catalog',
  'order order',
  'payment payment',
  'payment sandbox-gateway',
  'reconcile reconcile',
  'reconcile sandbox-gateway',
  'setup setup',
] as const;
type Container = (typeof containers)[number];

/** What a container's process was told, and the rights that its calls took. */
export type Recording = { environment: NodeJS.ProcessEnv; rights: Right[] };

export type RecordedShop = Awaited<ReturnType<typeof startRecordedShop>>;

/**
 * The shop with a recorder between each of its processes and AWS, and the gateway's key in a secret, as on AWS. The tests
 * themselves speak to DynamoDB Local directly, so that only the calls of the processes are recorded.
 */
export async function startRecordedShop() {
  const apiKey = `key-${randomUUID()}`;
  const secrets = await startSecretStore(SECRET_ARN, apiKey);
  const emulations = { DynamoDB_20120810: process.env.AWS_ENDPOINT_URL_DYNAMODB, secretsmanager: secrets.endpoint };
  const started = await Promise.all(
    containers.map(async (each) => [each, await startAwsRecorder(emulations)] as const),
  );
  const recorders = Object.fromEntries(started) as Record<Container, AwsRecorder>;
  const withKey = (container: Container) => ({
    ...recorders[container].environment,
    GATEWAY_API_KEY: '',
    GATEWAY_SECRET_ARN: SECRET_ARN,
  });

  const shop: Shop = await startShop({
    catalog: recorders['catalog catalog'].environment,
    order: { ...recorders['order order'].environment, ANSWER_BUDGET_MS: '300', DRAIN_MS: '50' },
    payment: { ...withKey('payment payment'), GATEWAY_TIMEOUT_MS: '300' },
    'sandbox-gateway': withKey('payment sandbox-gateway'),
  });
  // Reconcile asks a sandbox of its own, beside it in its task.
  const port = await freePort();
  const sandbox = createServiceProcess('sandbox-gateway', port, {
    ...shop.environment,
    ...withKey('reconcile sandbox-gateway'),
  });

  return {
    ...shop,
    apiKey,
    /** Once after the first deployment: the tables are the templates'. */
    setup: () =>
      runJob('docker/setup/src/main.ts', {
        ...recorders['setup setup'].environment,
        CREATE_TABLES: 'false',
        PRODUCTS_TABLE: shop.tables.names.products,
      }),
    async reconcile(...flags: string[]) {
      await sandbox.start();
      const environment = { ...shop.environment, ...withKey('reconcile reconcile') };
      const run = await runJob(
        'apps/reconcile/src/main.ts',
        { ...environment, GATEWAY_URL: sandbox.url, ROUND_DELAY_MS: '1' },
        ...flags,
      );
      await sandbox.stop('SIGTERM');
      return run;
    },
    recordings(): Map<string, Recording> {
      const environment = { ...shop.environment, GATEWAY_SECRET_ARN: SECRET_ARN };
      return new Map(containers.map((each) => [each, { environment, rights: recorders[each].rights() }]));
    },
    async stop() {
      await shop.stop();
      await sandbox.stop('SIGTERM');
      await Promise.all([secrets.stop(), ...Object.values(recorders).map((recorder) => recorder.close())]);
    },
  };
}
