import { ProblemError } from '@shop/contracts/problem';
import { type ChargeEntry, isSameRequest, newCharge, resultOf, toCharge } from './charge.ts';
import { failed, keyInUse, keyReused } from './errors.ts';
import type { Charge, ChargeAsk } from './gateway-api.ts';
import { type ChargeLedger, storageDeadline } from './ledger-store.ts';
import type { Patience } from './patience.ts';
import { behaviourOf } from './tokens.ts';

/** How much longer than its work a claim lasts: an ask whose process died blocks the key no longer than this. */
const CLAIM_MARGIN_MS = 2000;

export type ChargeDependencies = { ledger: ChargeLedger; patience: Patience; now: () => number };

/**
 * Charges once per key. A result, success and decline alike, is kept for ever and answers every repeat at once.
 * `signal` comes when the caller has left or the gateway stops.
 */
export async function takeCharge(
  key: string,
  ask: ChargeAsk,
  { ledger, patience, now }: ChargeDependencies,
  signal: AbortSignal,
): Promise<Charge> {
  const behaviour = behaviourOf(ask.paymentMethod);
  const { firstAsk, takesMs = 0 } = behaviour;
  const result = resultOf(ask, behaviour);
  const claimedUntil = () => (takesMs > 0 ? now() + patience.scaledMs(takesMs) + CLAIM_MARGIN_MS : 0);

  const hasResultAtOnce = takesMs === 0 && firstAsk !== 'hang' && firstAsk !== 'fail';
  const first = hasResultAtOnce ? { ...result, busyUntil: 0 } : { status: 'open' as const, busyUntil: claimedUntil() };
  const { written, charge } = await ledger.begin(newCharge(key, ask, first, now()), storageDeadline());

  if (!isSameRequest(charge, ask)) throw new ProblemError(keyReused);
  if (written && firstAsk === 'fail') throw new ProblemError(failed);
  if (written && firstAsk) return patience.hang(signal);
  const known = toCharge(charge);
  if (known) return known;
  if (takesMs === 0) return settle(charge);
  return work(written ? charge : await claim(charge));

  async function claim(open: ChargeEntry): Promise<ChargeEntry> {
    if (open.busyUntil > now()) throw new ProblemError(keyInUse);
    const taken = await ledger.take(open, claimedUntil(), storageDeadline());
    if (!taken.written) throw new ProblemError(keyInUse);
    return taken.charge;
  }

  async function work(claimed: ChargeEntry): Promise<Charge> {
    try {
      await patience.work(takesMs, signal);
    } catch (error) {
      await ledger.giveBack(claimed, storageDeadline());
      throw error;
    }
    return settle(claimed);
  }

  async function settle(open: ChargeEntry): Promise<Charge> {
    const settled = toCharge((await ledger.settle(open, result, storageDeadline())).charge);
    if (!settled) throw new ProblemError(keyInUse);
    return settled;
  }
}
