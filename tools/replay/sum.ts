/** Rows, lines or orders, with their units and their money in minor units. */
export type Sum = { count: number; units: number; amountMinor: number };

export const nothing: Sum = { count: 0, units: 0, amountMinor: 0 };

export function plus(one: Sum, other: Sum): Sum {
  return {
    count: one.count + other.count,
    units: one.units + other.units,
    amountMinor: one.amountMinor + other.amountMinor,
  };
}

export function minus(one: Sum, { count, units, amountMinor }: Sum): Sum {
  return plus(one, { count: -count, units: -units, amountMinor: -amountMinor });
}

export function total(sums: Iterable<Sum>): Sum {
  let all = nothing;
  for (const sum of sums) all = plus(all, sum);
  return all;
}

/** Units and money are equal; how many rows or orders they are spread over does not matter. */
export function isSame(one: Sum, other: Sum): boolean {
  return one.units === other.units && one.amountMinor === other.amountMinor;
}
