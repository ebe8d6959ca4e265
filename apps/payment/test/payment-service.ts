import type { AddressInfo } from 'node:net';
import { parseConfig } from '@shop/config';
import { createPaymentService, type PaymentOptions } from '../src/app.ts';
import { PaymentConfig } from '../src/config.ts';
import { newOrderId } from './order-id.ts';
import { GATEWAY_KEY } from './sandbox.ts';

// biome-ignore lint/suspicious/noExplicitAny: each test knows the answer that it expects.
export type Answer = { status: number; headers: Headers; body: any };
export type PaymentService = Awaited<ReturnType<typeof runPayment>>;
type Asked = { attempt?: number; timeoutMs?: number; [member: string]: unknown };

/** The payment service on a port of its own. */
export async function runPayment(environment: Record<string, string>, options: PaymentOptions = {}) {
  const config = parseConfig(PaymentConfig, {
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'fatal',
    JWT_ISSUER: 'https://issuer.test',
    JWT_AUDIENCE: 'fargate-shop',
    JWKS_URL: 'http://127.0.0.1:1/jwks.json',
    ...(environment.GATEWAY_SECRET_ARN ? {} : { GATEWAY_API_KEY: GATEWAY_KEY }),
    ...environment,
  });
  const service = await createPaymentService(config, options);
  await service.app.listen({ host: config.HOST, port: config.PORT });
  const url = `http://127.0.0.1:${(service.app.server.address() as AddressInfo).port}`;

  async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const answer = await fetch(url + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: typeof body === 'string' || body === undefined ? (body ?? null) : JSON.stringify(body),
    });
    return { status: answer.status, headers: answer.headers, body: await answer.json() } as Answer;
  }

  const withTime = (timeoutMs: number | undefined): Record<string, string> =>
    timeoutMs === undefined ? {} : { 'x-request-timeout-ms': String(timeoutMs) };

  return {
    url,
    send,
    /** Charges an order 500 minor units, by a method that approves, unless told otherwise. */
    charge(orderId: string, { timeoutMs, ...change }: Asked = {}): Promise<Answer> {
      const body = {
        customerId: 'ada',
        amount: { amountMinor: 500, currency: 'GBP' },
        attempt: 1,
        paymentMethod: 'pm_approve',
        ...change,
      };
      return send('PUT', `/internal/payments/${orderId}`, body, withTime(timeoutMs));
    },
    refund(orderId: string, { timeoutMs, ...change }: Asked = {}): Promise<Answer> {
      const body = { customerId: 'ada', attempt: 1, ...change };
      return send('PUT', `/internal/payments/${orderId}/refund`, body, withTime(timeoutMs));
    },
    /** The value of a counter, 0 where it was never counted. */
    async counted(name: string, labels: Record<string, string>): Promise<number> {
      const metric = await service.registry.getSingleMetric(name)?.get();
      const fits = (found: object) => Object.entries(labels).every(([key, value]) => Object(found)[key] === value);
      return metric?.values.find((value) => fits(value.labels))?.value ?? 0;
    },
    newOrderId,
    stop: () => service.close(),
  };
}
