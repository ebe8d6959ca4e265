import type { Money } from '@shop/contracts/money';
import type { DifferenceKind } from './judge-order.ts';

/** One difference or undecided subject. `id` is an order's, a charge's reference or a SKU. */
export type Finding = { kind: DifferenceKind; id: string; detail: string; repaired?: string };

export const checkedThings = ['products', 'reservations', 'orders', 'payments', 'charges'] as const;
export type CheckedThing = (typeof checkedThings)[number];

export type Findings = ReturnType<typeof createFindings>;

/** Counts everything and keeps the first examples, so that even a shop in ruins is reported in a bounded space. */
export function createFindings({ exampleLimit = 100 } = {}) {
  const checked: Record<CheckedThing, number> = { products: 0, reservations: 0, orders: 0, payments: 0, charges: 0 };
  const differences = createList(exampleLimit);
  const undecided = createList(exampleLimit);
  const confirmed = new Map<string, { orders: number; amountMinor: number }>();
  let leftOut = 0;

  return {
    checked: (thing: CheckedThing, count: number) => {
      checked[thing] += count;
    },
    leftOut: (orders: number) => {
      leftOut += orders;
    },
    confirmed: ({ currency, amountMinor }: Money) => {
      const sum = confirmed.get(currency) ?? { orders: 0, amountMinor: 0 };
      confirmed.set(currency, { orders: sum.orders + 1, amountMinor: sum.amountMinor + amountMinor });
    },
    difference: differences.add,
    undecided: undecided.add,
    summary: () => ({
      checked: { ...checked },
      leftOut,
      confirmed: [...confirmed].map(([currency, sum]) => ({ currency, ...sum })),
      differences: differences.summary(),
      undecided: undecided.summary(),
    }),
  };
}

function createList(exampleLimit: number) {
  const kinds = new Map<DifferenceKind, number>();
  const examples: Finding[] = [];
  return {
    add: (finding: Finding) => {
      kinds.set(finding.kind, (kinds.get(finding.kind) ?? 0) + 1);
      if (examples.length < exampleLimit) examples.push(finding);
    },
    summary: () => ({
      count: [...kinds.values()].reduce((sum, count) => sum + count, 0),
      kinds: Object.fromEntries(kinds) as Partial<Record<DifferenceKind, number>>,
      examples: [...examples],
    }),
  };
}
