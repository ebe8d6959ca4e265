import { ChargeInput, type ChargeResult, RefundInput } from '@shop/contracts/payment';
import { type Problem, problemType } from '@shop/contracts/problem';
import { ReservationInput } from '@shop/contracts/reservation';
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';

/** What a stand-in does before it does its work: nothing, or it fails, or it takes its time. */
type Script = (attempt: number) => undefined | Failure | Promise<undefined | Failure>;
type Failure = { status: number; code: string };

export const busy = (code = 'PEER_BUSY') => ({ status: 503, code });
export const forever = () => new Promise<undefined>(() => {});

type Held = { status: 'held'; lines: object[] };
type Released = { status: 'released'; reason: string; shortLines: object[] };

/** A catalog that keeps the contract of libs/contracts, in memory. Everything costs 2.55 GBP. */
export async function startCatalog() {
  const stock = new Map<string, number>();
  const reservations = new Map<string, Held | Released>();
  const scripts: { reserve?: Script; release?: Script } = {};
  const app = peer();

  app.put<{ Params: { orderId: string }; Body: ReservationInput }>(
    '/internal/reservations/:orderId',
    async (request, reply) => {
      check(ReservationInput, request.body);
      const failure = await scripts.reserve?.(0);
      if (failure) return fail(reply, failure);
      const { orderId } = request.params;
      const known = reservations.get(orderId) ?? reserve(request.body);
      reservations.set(orderId, known);
      if (known.status === 'held') return { orderId, ...known };
      return fail(reply, { status: 409, code: `CATALOG_${known.reason.toUpperCase()}` }, known);
    },
  );

  app.delete<{ Params: { orderId: string } }>('/internal/reservations/:orderId', async (request, reply) => {
    const failure = await scripts.release?.(0);
    if (failure) return fail(reply, failure);
    const { orderId } = request.params;
    const known = reservations.get(orderId);
    if (known?.status === 'held') move(known.lines as ReservationInput['lines'], 1);
    if (known?.status !== 'released') {
      reservations.set(orderId, { status: 'released', reason: 'released', shortLines: [] });
    }
    return { orderId, status: 'released' };
  });

  return { ...(await opened(app)), stock, reservations, scripts };

  function reserve({ lines }: ReservationInput): Held | Released {
    const short = lines
      .map(({ sku, quantity }) => ({ sku, requested: quantity, available: stock.get(sku) ?? 0 }))
      .filter(({ requested, available }) => available < requested);
    const unknown = lines.some(({ sku }) => !stock.has(sku));
    if (unknown || short.length > 0) {
      return { status: 'released', reason: unknown ? 'not_for_sale' : 'out_of_stock', shortLines: short };
    }
    move(lines, -1);
    return { status: 'held', lines: lines.map((line) => ({ ...line, price: { amountMinor: 255, currency: 'GBP' } })) };
  }

  function move(lines: ReservationInput['lines'], sign: 1 | -1): void {
    for (const { sku, quantity } of lines) stock.set(sku, (stock.get(sku) ?? 0) + sign * quantity);
  }
}

type Settled = { result: ChargeResult | { status: 'voided' | 'refunded' }; amountMinor: number };

/** A payment service that keeps the contract. `pm_decline` is declined, and everything else succeeds. */
export async function startPayment() {
  const payments = new Map<string, Settled>();
  const charges: { orderId: string; attempt: number; paymentMethod: string | undefined }[] = [];
  const scripts: {
    charge?: Script;
    charged?: Script;
    refund?: Script;
    chargeOf?: (orderId: string) => ReturnType<Script>;
  } = {};
  const app = peer();

  app.put<{ Params: { orderId: string }; Body: ChargeInput }>('/internal/payments/:orderId', async (request, reply) => {
    check(ChargeInput, request.body);
    const { orderId } = request.params;
    const { attempt, paymentMethod, amount } = request.body;
    charges.push({ orderId, attempt, paymentMethod });
    const failure = await (scripts.charge?.(attempt) ?? scripts.chargeOf?.(orderId));
    if (failure) return fail(reply, failure);
    const known = payments.get(orderId) ?? { result: decide(orderId, paymentMethod), amountMinor: amount.amountMinor };
    payments.set(orderId, known);
    await scripts.charged?.(attempt);
    const fenced = known.result.status === 'voided' || known.result.status === 'refunded';
    return fenced ? fail(reply, { status: 409, code: 'PAYMENT_FENCED' }) : known.result;
  });

  app.put<{ Params: { orderId: string }; Body: RefundInput }>(
    '/internal/payments/:orderId/refund',
    async (request, reply) => {
      check(RefundInput, request.body);
      const failure = await scripts.refund?.(request.body.attempt);
      if (failure) return fail(reply, failure);
      const { orderId } = request.params;
      const { result, amountMinor } = payments.get(orderId) ?? {
        result: { status: 'voided' as const },
        amountMinor: 0,
      };
      const status = result.status === 'succeeded' ? 'refunded' : result.status;
      payments.set(orderId, { result: status === 'declined' ? result : { status: status as 'refunded' }, amountMinor });
      return { status };
    },
  );

  const kept = () => [...payments.values()].filter(({ result }) => result.status === 'succeeded');
  return { ...(await opened(app)), payments, charges, scripts, kept };

  function decide(orderId: string, paymentMethod: string | undefined): ChargeResult {
    return paymentMethod === 'pm_decline'
      ? { status: 'declined', reason: 'card_declined' }
      : { status: 'succeeded', chargeId: `ch_${orderId}` };
  }
}

function peer(): FastifyInstance {
  const app = Fastify({ forceCloseConnections: true });
  app.get('/livez', async () => ({ status: 'ok' }));
  return app;
}

async function opened(app: FastifyInstance) {
  return { url: await app.listen({ host: '127.0.0.1', port: 0 }), close: () => app.close() };
}

function fail(reply: FastifyReply, { status, code }: Failure, members: object = {}) {
  const problem: Problem = { type: problemType(code), title: code, status, code };
  if (status === 503) reply.header('retry-after', '1');
  return reply
    .code(status)
    .type('application/problem+json')
    .send({ ...members, ...problem });
}

/** A caller that breaks the contract fails the test. */
function check(schema: TSchema, body: unknown): void {
  if (!Value.Check(schema, body)) throw new Error(`not in the contract: ${JSON.stringify(body)}`);
}
