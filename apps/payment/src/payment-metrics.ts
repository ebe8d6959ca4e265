import type { Money } from '@shop/contracts/money';
import { ProblemError } from '@shop/contracts/problem';
import { Counter, type Registry } from 'prom-client';
import { gatewayRefused, outcomeUnknown, paymentFenced } from './errors.ts';

export type PaymentMetrics = ReturnType<typeof createPaymentMetrics>;

/** Counts results once, when they are recorded, and failures each time: a `refused` above zero is an alarm. */
export function createPaymentMetrics(registry: Registry) {
  const registers = [registry];
  const charges = new Counter({
    name: 'charges_total',
    help: 'Charges by outcome: succeeded, declined, fenced, unknown, refused (our own fault).',
    labelNames: ['outcome'],
    registers,
  });
  const refunds = new Counter({
    name: 'refunds_total',
    help: 'Refunds by outcome: refunded, voided, unknown, refused (our own fault).',
    labelNames: ['outcome'],
    registers,
  });
  const amounts = new Counter({
    name: 'charges_amount_minor_total',
    help: 'Money charged, in minor units.',
    labelNames: ['currency'],
    registers,
  });

  // A series that begins at 1 has no increase: the first refusal would be missing in every rate.
  for (const outcome of ['succeeded', 'declined', ...failures]) charges.inc({ outcome }, 0);
  for (const outcome of ['refunded', 'voided', 'unknown', 'refused']) refunds.inc({ outcome }, 0);

  return {
    charged(outcome: 'succeeded' | 'declined', { amountMinor, currency }: Money) {
      charges.inc({ outcome });
      if (outcome === 'succeeded') amounts.inc({ currency }, amountMinor);
    },
    refunded: (outcome: 'refunded' | 'voided') => refunds.inc({ outcome }),
    chargeFailed: (error: unknown) => countFailure(charges, error),
    refundFailed: (error: unknown) => countFailure(refunds, error),
  };
}

const outcomeByCode: Record<string, string> = {
  [paymentFenced.code]: 'fenced',
  [outcomeUnknown.code]: 'unknown',
  [gatewayRefused.code]: 'refused',
};

const failures = Object.values(outcomeByCode);

function countFailure(counter: Counter<'outcome'>, error: unknown): void {
  const outcome = error instanceof ProblemError ? outcomeByCode[error.kind.code] : undefined;
  if (outcome) counter.inc({ outcome });
}
