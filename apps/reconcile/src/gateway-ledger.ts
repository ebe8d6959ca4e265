import type { HttpClient } from '@shop/http-client';
import type { Secret } from '@shop/secrets';
import { type Static, Type } from 'typebox';
import { Charge } from './charge.ts';

const ChargePage = Type.Object({ items: Type.Array(Charge), nextCursor: Type.Optional(Type.String()) });
const Refund = Type.Object({ refundId: Type.String() });
const Refusal = Type.Object({ code: Type.String() });

const KEY_REFUSED = 'the API key is not valid';
const ATTEMPTS = 4;
const PAGE_SIZE = 100;

export type GatewayLedger = ReturnType<typeof createGatewayLedger>;

export type GatewayLedgerOptions = { client: HttpClient; apiKey: Secret; timeoutMs?: number; now?: () => number };

/** The payment gateway's own book of charges and refunds. */
export function createGatewayLedger({ client, apiKey, timeoutMs = 10_000, now = Date.now }: GatewayLedgerOptions) {
  /** A consistent look-up. */
  async function chargesOf(reference: string): Promise<Charge[]> {
    return (await read({ reference })).items;
  }

  /** The whole ledger, page by page, in no order. */
  async function* pages(): AsyncGenerator<Charge[]> {
    let cursor: string | undefined;
    do {
      const page = await read({ limit: String(PAGE_SIZE), ...(cursor === undefined ? {} : { cursor }) });
      yield page.items;
      cursor = page.nextCursor;
    } while (cursor !== undefined);
  }

  /**
   * Gives back what is left of a charge. The key names the state that was seen: however often and by however many runs it
   * is sent, that state is refunded once. Undefined when somebody else has refunded the charge meanwhile.
   */
  async function refundRest(charge: Charge): Promise<{ refundId: string; amountMinor: number } | undefined> {
    const { reference, chargeId, currency, refundedMinor } = charge;
    const amountMinor = charge.amountMinor - refundedMinor;
    const reply = await authenticated((authorization) =>
      client.request({
        name: 'gateway.reconcile-refund',
        method: 'POST',
        path: '/v1/refunds',
        route: '/v1/refunds',
        headers: { authorization, 'idempotency-key': `${reference}:reconcile:${chargeId}:${refundedMinor}` },
        body: { chargeId, reference, amountMinor, currency },
        deadlineAt: now() + timeoutMs,
        attempts: ATTEMPTS,
        replies: { 200: Refund, 401: Type.Unknown(), 409: Refusal },
      }),
    );
    if (reply.status === 200) return { refundId: reply.body.refundId, amountMinor };
    if (reply.status === 409 && reply.body.code === 'GATEWAY_ALREADY_REFUNDED') return undefined;
    throw new Error(
      `the gateway refuses to refund ${chargeId}: ${reply.status === 409 ? reply.body.code : KEY_REFUSED}`,
    );
  }

  async function read(query: Record<string, string>): Promise<Static<typeof ChargePage>> {
    const reply = await authenticated((authorization) =>
      client.request({
        name: 'gateway.list-charges',
        method: 'GET',
        path: `/v1/charges?${new URLSearchParams(query)}`,
        route: '/v1/charges',
        headers: { authorization },
        deadlineAt: now() + timeoutMs,
        attempts: ATTEMPTS,
        replies: { 200: ChargePage, 401: Type.Unknown() },
      }),
    );
    if (reply.status === 200) return reply.body;
    throw new Error(`the gateway refuses to show its ledger: ${KEY_REFUSED}`);
  }

  /** A key that was rotated a moment ago is fetched anew, once. */
  async function authenticated<Reply extends { status: number }>(
    send: (authorization: string) => Promise<Reply>,
  ): Promise<Reply> {
    const reply = await send(`Bearer ${(await apiKey.read()).reveal()}`);
    return reply.status === 401 ? await send(`Bearer ${(await apiKey.refresh()).reveal()}`) : reply;
  }

  return { chargesOf, pages, refundRest };
}
