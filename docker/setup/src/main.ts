// Prepares an empty shop: tables, sample catalog, the gateway's key. What is there already stays as it is, so that it can
// run before every start.
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { parseConfig } from '@shop/config';
import { SetupConfig } from './config.ts';
import { createGatewaySecret } from './gateway-secret.ts';
import { prepareTables } from './prepare-tables.ts';

const SECRET_TIMEOUT_MS = 20_000;

async function main(): Promise<void> {
  const config = parseConfig(SetupConfig, process.env);
  const seeded = await prepareTables(config);
  process.stdout.write(`The tables are there; put ${seeded} sample products into the catalog.\n`);
  if (config.GATEWAY_SECRET_NAME !== undefined) await prepareSecret(config.GATEWAY_SECRET_NAME);
}

async function prepareSecret(name: string): Promise<void> {
  const secrets = new SecretsManagerClient({});
  const created = await createGatewaySecret(secrets, name, AbortSignal.timeout(SECRET_TIMEOUT_MS));
  process.stdout.write(`The secret ${name} ${created ? 'was created' : 'is there'}.\n`);
  secrets.destroy();
}

main().catch((error: unknown) => {
  process.stderr.write(`The setup failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
