import { type HttpClient, type HttpRequest, PeerUnavailable, type Replies, type Reply } from '@shop/http-client';
import { type Secret, SecretError } from '@shop/secrets';
import { GatewayOutcomeUnknown, GatewayRefusal } from './errors.ts';
import type { Gateway, GatewayCharge } from './gateway.ts';
import { ChargeReply, FoundReply, RefundReply, RefusedReply } from './gateway-replies.ts';

export const gatewayCalls = ['gateway.charge', 'gateway.find', 'gateway.refund'] as const;
type GatewayCall = (typeof gatewayCalls)[number];

/** The gateway port over HTTP. The API key is read for each call, so that a rotated key needs no restart. */
export function createHttpGateway(client: HttpClient<GatewayCall>, apiKey: Secret): Gateway {
  return {
    async charge({ orderId, amount, paymentMethod }, deadlineAt) {
      const { body } = await send({
        name: 'gateway.charge',
        method: 'POST',
        path: '/v1/charges',
        route: '/v1/charges',
        headers: { 'idempotency-key': orderId },
        body: { ...amount, paymentMethod, reference: orderId },
        deadlineAt,
        replies: { 200: ChargeReply },
      });
      return toCharge(body);
    },

    find,

    async refund({ orderId, chargeId, amount }, deadlineAt) {
      const { status, body } = await send({
        name: 'gateway.refund',
        method: 'POST',
        path: '/v1/refunds',
        route: '/v1/refunds',
        headers: { 'idempotency-key': `${orderId}:refund` },
        body: { ...amount, chargeId, reference: orderId },
        deadlineAt,
        replies: { 200: RefundReply, 409: RefusedReply },
      });
      if (status === 200) return { refundId: body.refundId };
      if (body.code !== 'GATEWAY_ALREADY_REFUNDED') throw new GatewayOutcomeUnknown(`gateway.refund: ${body.code}`);
      return earlierRefund(orderId, chargeId, deadlineAt);
    },

    close: () => client.close(),
  };

  async function find(orderId: string, deadlineAt: number): Promise<GatewayCharge[]> {
    const { body } = await send({
      name: 'gateway.find',
      method: 'GET',
      path: `/v1/charges?reference=${encodeURIComponent(orderId)}`,
      route: '/v1/charges',
      deadlineAt,
      replies: { 200: FoundReply },
    });
    return body.items.map(toCharge);
  }

  /** Somebody gave the money back before us: that is what was wanted, if it was all of it. */
  async function earlierRefund(orderId: string, chargeId: string, deadlineAt: number): Promise<{ refundId: string }> {
    const charge = (await find(orderId, deadlineAt)).find((each) => each.chargeId === chargeId);
    if (charge?.refundId) return { refundId: charge.refundId };
    throw new GatewayRefusal('The charge was given back in part, so that less is left than the refund asks for');
  }

  async function send<const Expected extends Replies>(
    request: HttpRequest<Expected, GatewayCall>,
  ): Promise<Reply<Expected>> {
    const withKey = (key: string) =>
      client.request({ ...request, headers: { ...request.headers, authorization: `Bearer ${key}` } });
    try {
      const key = (await apiKey.read()).reveal();
      return await withKey(key).catch(async (error: unknown) => {
        const renewed = isUnauthorized(error) ? (await apiKey.refresh()).reveal() : key;
        if (renewed === key) throw error;
        return withKey(renewed);
      });
    } catch (error) {
      throw asGatewayError(error, request.name);
    }
  }
}

function toCharge(reply: ChargeReply): GatewayCharge {
  const { chargeId, status, amountMinor, currency, declineReason, refundedMinor, refunds } = reply;
  const refundId = refundedMinor >= amountMinor ? refunds.at(-1)?.refundId : undefined;
  const amount = { amountMinor, currency };
  return { chargeId, status, amount, ...(declineReason && { reason: declineReason }), ...(refundId && { refundId }) };
}

function isUnauthorized(error: unknown): boolean {
  return error instanceof PeerUnavailable && error.status === 401;
}

/** Statuses of the 4xx kind that are about the moment, not about the request: time-out, conflict, too early, too many. */
const passing = new Set([408, 409, 425, 429]);

function asGatewayError(error: unknown, call: GatewayCall): unknown {
  if (error instanceof SecretError) return new GatewayOutcomeUnknown(`${call}: no API key`, { cause: error });
  if (!(error instanceof PeerUnavailable)) return error;
  const { status = 0, problemCode = '' } = error;
  const isOurFault = status >= 400 && status < 500 && !passing.has(status);
  return isOurFault
    ? new GatewayRefusal(`${call}: ${status} ${problemCode}`, { cause: error })
    : new GatewayOutcomeUnknown(`${call}: ${error.message}`, { cause: error });
}
