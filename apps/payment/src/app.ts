import { createDynamo } from '@shop/dynamo';
import { createHttpClient } from '@shop/http-client';
import { createIdentity } from '@shop/identity';
import { createService, type Service } from '@shop/service';
import { apiKeyOf } from './api-key.ts';
import type { PaymentConfig } from './config.ts';
import { paymentProblems } from './errors.ts';
import { createHttpGateway } from './http-gateway.ts';
import { internalRoutes } from './internal-routes.ts';
import { createPaymentMetrics } from './payment-metrics.ts';
import { createPaymentStore } from './payment-store.ts';
import { paymentRoutes } from './routes.ts';

export type PaymentAppOptions = {
  environment?: Record<string, string | undefined>;
  /** The clock of stored timestamps, in epoch ms. */
  now?: () => number;
  /** Of DynamoDB, where it is not the SDK's own. */
  dynamoEndpoint?: string;
};

/** The payment service, ready to listen. */
export async function createPaymentApp(
  config: PaymentConfig,
  { environment = {}, now = Date.now, dynamoEndpoint }: PaymentAppOptions = {},
): Promise<Service> {
  const apiKey = apiKeyOf(config);
  const service = await createService({
    name: 'payment',
    description: 'Charges and refunds of orders. Each is made once, however often it is asked for.',
    config,
    problems: paymentProblems,
    environment,
  });
  const { app, health, registry } = service;
  const identity = createIdentity({
    issuer: config.JWT_ISSUER,
    audience: config.JWT_AUDIENCE,
    jwksUrl: config.JWKS_URL,
  });
  const dynamo = createDynamo({ endpoint: dynamoEndpoint });
  const store = createPaymentStore(dynamo, config.PAYMENTS_TABLE);
  const client = createHttpClient({ peer: 'gateway', baseUrl: config.GATEWAY_URL, registry });
  const gateway = createHttpGateway(client, apiKey);
  const metrics = createPaymentMetrics(registry);
  const dependencies = { store, gateway, metrics, gatewayTimeoutMs: config.GATEWAY_TIMEOUT_MS, now };

  app.addHook('onClose', async () => {
    await gateway.close();
    dynamo.close();
  });
  health.required('gateway-key', async () => void (await apiKey.read()));
  health.informative('dynamodb', async () => void (await store.get('health', Date.now() + HEALTH_TIMEOUT_MS)));
  health.informative('gateway', async () => {
    await fetch(config.GATEWAY_URL, { method: 'HEAD', signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS) });
  });
  await app.register(paymentRoutes, { store, identity });
  await app.register(internalRoutes, { dependencies });
  return service;
}

const HEALTH_TIMEOUT_MS = 900;
