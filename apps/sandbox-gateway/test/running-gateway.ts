import type { AddressInfo } from 'node:net';
import { parseConfig } from '@shop/config';
import { createSandboxGateway } from '../src/app.ts';
import { SandboxGatewayConfig } from '../src/config.ts';

export const API_KEY = 'key-of-this-test';

export type Answer = { status: number; headers: Headers; body: Record<string, unknown> & { items?: Charge[] } };
export type Charge = Record<string, unknown>;
export type RunningGateway = Awaited<ReturnType<typeof runGateway>>;

/** One instance of the gateway on a port of its own; several may share a table. */
export async function runGateway(table: string, environment: Record<string, string> = {}, now = Date.now) {
  const config = parseConfig(SandboxGatewayConfig, {
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'fatal',
    SANDBOX_LEDGER_TABLE: table,
    SANDBOX_TIME_SCALE: '0.02',
    GATEWAY_API_KEY: API_KEY,
    ...environment,
  });
  const service = await createSandboxGateway(config, { now });
  await service.app.listen({ host: config.HOST, port: config.PORT });
  const url = `http://127.0.0.1:${(service.app.server.address() as AddressInfo).port}`;

  async function send(method: string, path: string, { body, headers = {}, signal }: Sending = {}): Promise<Answer> {
    const answer = await fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer ${API_KEY}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: typeof body === 'string' || body === undefined ? (body ?? null) : JSON.stringify(body),
      signal: signal ?? null,
    });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Answer['body'] };
  }

  return {
    url,
    send,
    /** Charges 500 minor units under the reference's own key, unless `change` says otherwise. */
    charge: (reference: string, paymentMethod: string, { key = reference, signal, ...change }: Change = {}) =>
      send('POST', '/v1/charges', {
        headers: { 'idempotency-key': key },
        body: { amountMinor: 500, currency: 'GBP', reference, paymentMethod, ...change },
        ...(signal && { signal }),
      }),
    refund: (charge: Record<string, unknown>, { key = `${charge.reference}:refund`, ...change }: Change = {}) => {
      const { chargeId, reference, amountMinor, currency } = charge;
      return send('POST', '/v1/refunds', {
        headers: { 'idempotency-key': key },
        body: { chargeId, reference, amountMinor, currency, ...change },
      });
    },
    find: async (reference: string) => (await send('GET', `/v1/charges?reference=${reference}`)).body.items as Charge[],
    stop: () => service.close(),
  };
}

type Change = { key?: string; signal?: AbortSignal; [member: string]: unknown };
type Sending = { body?: unknown; headers?: Record<string, string>; signal?: AbortSignal };
