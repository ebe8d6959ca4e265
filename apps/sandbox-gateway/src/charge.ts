import { createHash, randomUUID } from 'node:crypto';
import type { Charge, ChargeAsk } from './gateway-api.ts';
import type { Behaviour } from './tokens.ts';

/**
 * A charge in the ledger. `open` means that asks were made and none has had a result. The payment method itself is not
 * kept: `requestHash` is enough to tell a repeat from another request with the same key.
 */
export type ChargeEntry = Omit<Charge, 'status'> & {
  readonly status: 'open' | Charge['status'];
  readonly entry: string;
  readonly requestHash: string;
  /** Epoch ms until which an ask is at work on an open charge. One whose process died frees it by letting this pass. */
  readonly busyUntil: number;
  readonly version: number;
  readonly writer: string;
};

export type Result = Pick<ChargeEntry, 'status' | 'declineReason'>;

/** The first version of a charge; what it becomes is decided by the behaviour of its payment method. */
export function newCharge(
  key: string,
  ask: ChargeAsk,
  state: Result & Pick<ChargeEntry, 'busyUntil'>,
  now: number,
): ChargeEntry {
  return {
    reference: ask.reference,
    entry: chargeEntryName(key),
    chargeId: `ch_${randomUUID().replaceAll('-', '')}`,
    amountMinor: ask.amountMinor,
    currency: ask.currency,
    refundedMinor: 0,
    refunds: [],
    createdAt: new Date(now).toISOString(),
    requestHash: hashOf(ask),
    version: 1,
    writer: randomUUID(),
    ...state,
  };
}

export function resultOf(ask: ChargeAsk, { declines }: Behaviour): Result {
  if (declines) return { status: 'declined', declineReason: declines };
  return ask.amountMinor === 0 ? { status: 'declined', declineReason: 'amount_not_accepted' } : { status: 'succeeded' };
}

export function isSameRequest(charge: ChargeEntry, ask: ChargeAsk): boolean {
  return charge.requestHash === hashOf(ask);
}

/** The charge as the API shows it, or undefined while it has no result. */
export function toCharge(entry: ChargeEntry): Charge | undefined {
  if (entry.status === 'open') return undefined;
  const { chargeId, reference, status, declineReason, amountMinor, currency, refundedMinor, refunds, createdAt } =
    entry;
  return {
    chargeId,
    reference,
    status,
    ...(declineReason && { declineReason }),
    amountMinor,
    currency,
    refundedMinor,
    refunds,
    createdAt,
  };
}

/** Those that have a result. */
export function toCharges(entries: readonly ChargeEntry[]): Charge[] {
  return entries.flatMap((entry) => toCharge(entry) ?? []);
}

export function chargeEntryName(key: string): string {
  return `charge#${key}`;
}

function hashOf({ amountMinor, currency, paymentMethod, reference }: ChargeAsk): string {
  return createHash('sha256').update([amountMinor, currency, paymentMethod, reference].join('\0')).digest('base64url');
}
