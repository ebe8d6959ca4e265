import table from './prices.json' with { type: 'json' };

export type PriceName = keyof typeof table.prices;
/** `asOf` is null where the source has no date; the source is `unverified` where there is none. */
export type Price = { usd: number; unit: string; source: string; asOf: string | null };

export const prices: Readonly<Record<PriceName, Price>> = table.prices;
/** What a bill depends on beside the templates. Orders have two lines; the rest is rounded up from what the tests measure. */
export const assumptions = table.assumptions;
export const region = table.region;

export function perHour(name: PriceName): number {
  const { usd } = prices[name];
  return name.endsWith('Month') ? usd / assumptions.monthHours : usd;
}
