import type { Findings } from './findings.ts';
import type { GatewayLedger } from './gateway-ledger.ts';
import type { Difference } from './judge-order.ts';

/** Records a difference that stands, after putting right what may be put right. */
export type Repair = (id: string, difference: Difference) => Promise<void>;

/**
 * Refunds surplus charges at the gateway, when told to. Nothing else is ever repaired: no other difference has one right
 * answer. What was repaired still counts as a difference in this run; the next one finds it gone.
 */
export function createRepair({
  ledger,
  findings,
  enabled,
}: {
  ledger: GatewayLedger;
  findings: Findings;
  enabled: boolean;
}): Repair {
  return async (id, { kind, detail, surplus }) => {
    if (!enabled || !surplus) return findings.difference({ kind, id, detail });
    const refund = await ledger.refundRest(surplus);
    const repaired = refund
      ? `refunded ${surplus.currency} ${refund.amountMinor} as ${refund.refundId}`
      : 'somebody else has refunded it meanwhile';
    findings.difference({ kind, id, detail, repaired });
  };
}
