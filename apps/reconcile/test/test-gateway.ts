import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { Charge } from '../src/charge.ts';

export const API_KEY = 'key-of-the-test-gateway';

export type TestGateway = {
  baseUrl: string;
  charges: Charge[];
  /** Every refund that was carried out. */
  refunds: { chargeId: string; amountMinor: number; key: string }[];
  /** Called before each look-up of a reference is answered. */
  onLookup: (reference: string) => void;
  close(): Promise<void>;
};

/** A payment gateway in memory that speaks the API this job uses, with pages of `pageSize` charges. */
export async function startTestGateway({ pageSize = 2 } = {}): Promise<TestGateway> {
  const charges: Charge[] = [];
  const refunds: TestGateway['refunds'] = [];
  const server = createServer(async (request, response) => {
    const { status, body } = await answer(request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  // A test that fails before it can close the gateway must not keep the run from ending.
  server.unref();
  const gateway: TestGateway = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    charges,
    refunds,
    onLookup: () => undefined,
    close: async () => {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };
  return gateway;

  async function answer(request: IncomingMessage): Promise<{ status: number; body: object }> {
    if (request.headers.authorization !== `Bearer ${API_KEY}`) return { status: 401, body: { code: 'UNAUTHORIZED' } };
    if (request.method === 'POST') {
      return refund(
        (await json(request)) as { chargeId: string; amountMinor: number },
        request.headers['idempotency-key'],
      );
    }
    const query = new URL(request.url ?? '/', 'http://gateway').searchParams;
    const reference = query.get('reference');
    if (reference) gateway.onLookup(reference);
    if (reference) return { status: 200, body: { items: charges.filter((charge) => charge.reference === reference) } };
    const from = Number(query.get('cursor') ?? 0);
    const more = from + pageSize < charges.length ? { nextCursor: String(from + pageSize) } : {};
    return { status: 200, body: { items: charges.slice(from, from + pageSize), ...more } };
  }

  function refund({ chargeId, amountMinor }: { chargeId: string; amountMinor: number }, key: unknown) {
    const known = refunds.find((one) => one.key === key);
    if (known) return { status: 200, body: { refundId: `re_${refunds.indexOf(known)}` } };
    const charge = charges.find((one) => one.chargeId === chargeId);
    if (!charge || charge.refundedMinor + amountMinor > charge.amountMinor) {
      return { status: 409, body: { code: 'GATEWAY_ALREADY_REFUNDED' } };
    }
    charge.refundedMinor += amountMinor;
    refunds.push({ chargeId, amountMinor, key: String(key) });
    return { status: 200, body: { refundId: `re_${refunds.length - 1}` } };
  }
}
