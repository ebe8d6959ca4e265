import { ConfigError } from '@shop/config';
import { createDynamo } from '@shop/dynamo';
import { createHttpClient } from '@shop/http-client';
import { createSecretsManagerSecret, createStaticSecret, type Secret } from '@shop/secrets';
import type { ReconcileConfig } from './config.ts';
import { createGatewayLedger } from './gateway-ledger.ts';
import { createPause } from './pause.ts';
import { reconcile } from './reconcile.ts';
import type { Report } from './report.ts';
import { createShopTables } from './shop-tables.ts';

/** One run against the tables and the gateway of the configuration. */
export async function runReconcile(config: ReconcileConfig, { repair }: { repair: boolean }): Promise<Report> {
  const dynamo = createDynamo({ requestTimeoutMs: 5000 });
  const client = createHttpClient({ peer: 'gateway', baseUrl: config.GATEWAY_URL });
  try {
    const names = {
      products: config.PRODUCTS_TABLE,
      reservations: config.RESERVATIONS_TABLE,
      orders: config.ORDERS_TABLE,
      payments: config.PAYMENTS_TABLE,
    };
    const tables = createShopTables({ dynamo, names });
    const ledger = createGatewayLedger({ client, apiKey: apiKeyOf(config) });
    const pause = createPause({ baseMs: config.ROUND_DELAY_MS });
    return await reconcile({ tables, ledger, openLimitMs: config.OPEN_LIMIT_MS, repair, pause });
  } finally {
    dynamo.close();
    await client.close();
  }
}

function apiKeyOf({ GATEWAY_SECRET_ARN: secretArn, GATEWAY_API_KEY: value }: ReconcileConfig): Secret {
  if (secretArn !== undefined) return createSecretsManagerSecret({ secretArn, key: 'apiKey' });
  if (value !== undefined) return createStaticSecret(value);
  throw new ConfigError(['GATEWAY_SECRET_ARN is not set, nor is GATEWAY_API_KEY for local runs']);
}
