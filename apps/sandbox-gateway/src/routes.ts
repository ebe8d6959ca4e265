import type { Secret } from '@shop/secrets';
import type { App } from '@shop/service';
import type { FastifyReply } from 'fastify';
import { requireApiKey } from './authentication.ts';
import { toCharges } from './charge.ts';
import { Charge, ChargeAsk, ChargePage, ChargeQuery, KeyHeader, Refund, RefundAsk } from './gateway-api.ts';
import { keyFor } from './idempotency-key.ts';
import type { LedgerReader } from './ledger-reader.ts';
import { storageDeadline } from './ledger-store.ts';

export type GatewayRoutesOptions = {
  apiKey: Secret;
  charge: (key: string, ask: ChargeAsk, signal: AbortSignal) => Promise<Charge>;
  refund: (key: string, ask: RefundAsk) => Promise<Refund>;
  reader: LedgerReader;
  /** Comes when the gateway stops: nobody is kept waiting from then on. */
  stopping: AbortSignal;
};

const security = [{ bearer: [] }];

/** What a payment gateway offers its merchants: charges, refunds, and a look into the ledger. */
export async function gatewayRoutes(app: App, options: GatewayRoutesOptions) {
  const { apiKey, charge, refund, reader, stopping } = options;
  app.addHook('onRequest', requireApiKey(apiKey));

  app.post(
    '/v1/charges',
    {
      schema: {
        summary: 'Charge a payment method, once per idempotency key',
        security,
        headers: KeyHeader,
        body: ChargeAsk,
        response: { 200: Charge },
      },
    },
    async ({ headers, body }, reply) =>
      charge(keyFor(body.reference, headers), body, AbortSignal.any([callerLeaves(reply), stopping])),
  );

  app.post(
    '/v1/refunds',
    {
      schema: {
        summary: 'Give back part or all of a charge, once per idempotency key',
        security,
        headers: KeyHeader,
        body: RefundAsk,
        response: { 200: Refund },
      },
    },
    async ({ headers, body }) => refund(keyFor(body.reference, headers), body),
  );

  app.get(
    '/v1/charges',
    {
      schema: {
        summary: 'The charges of a reference (a consistent read), or the whole ledger page by page',
        security,
        querystring: ChargeQuery,
        response: { 200: ChargePage },
      },
    },
    async ({ query: { reference, limit = 100, cursor } }) =>
      reference === undefined
        ? reader.page(limit, cursor, storageDeadline())
        : { items: toCharges(await reader.byReference(reference, storageDeadline())) },
  );
}

/** Fastify's own `request.signal` comes as soon as the body has been read. */
function callerLeaves(reply: FastifyReply): AbortSignal {
  const leaves = new AbortController();
  reply.raw.once('close', () => leaves.abort());
  return leaves.signal;
}
