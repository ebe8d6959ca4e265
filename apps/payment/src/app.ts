import { createDynamo, type Dynamo } from '@shop/dynamo';
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

const description = 'Charges and refunds of orders. Each is made once, however often it is asked for.';

export type PaymentOptions = {
  environment?: Record<string, string | undefined>;
  dynamo?: Dynamo;
  /** The clock of stored timestamps, in epoch ms. */
  now?: () => number;
};

/** The payment service, ready to listen. */
export async function createPaymentService(
  config: PaymentConfig,
  { environment = {}, dynamo = createDynamo(), now = Date.now }: PaymentOptions = {},
): Promise<Service> {
  const apiKey = apiKeyOf(config);
  const service = await createService({ name: 'payment', description, config, problems: paymentProblems, environment });
  const { app, health, registry } = service;
  const identity = createIdentity({
    issuer: config.JWT_ISSUER,
    audience: config.JWT_AUDIENCE,
    jwksUrl: config.JWKS_URL,
  });
  const store = createPaymentStore(dynamo, config.PAYMENTS_TABLE);
  const client = createHttpClient({ peer: 'gateway', baseUrl: config.GATEWAY_URL, registry });
  const gateway = createHttpGateway(client, apiKey);
  const metrics = createPaymentMetrics(registry);
  const dependencies = { store, gateway, metrics, gatewayTimeoutMs: config.GATEWAY_TIMEOUT_MS, now };

  app.addHook('onClose', async () => {
    await gateway.close();
    dynamo.close();
  });
  health.required('gateway-key', () => apiKey.read());
  health.informative('dynamodb', (deadlineAt) => store.get('health', deadlineAt));
  health.informative('gateway', (deadlineAt) => assertReachable(config.GATEWAY_URL, deadlineAt));
  await app.register(paymentRoutes, { store, identity });
  await app.register(internalRoutes, { dependencies });
  return service;
}

/** Fails unless the gateway gives any answer by `deadlineAt` (epoch ms): more cannot be asked without a charge in mind. */
async function assertReachable(url: string, deadlineAt: number): Promise<void> {
  await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(Math.max(0, deadlineAt - Date.now())) });
}
