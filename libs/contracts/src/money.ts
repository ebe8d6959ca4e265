import { type Static, Type } from 'typebox';

/** Largest unit price, in minor units: with at most 99 lines of 10,000 each a total stays below 2^53. */
export const MAX_PRICE_MINOR = 1_000_000_000;

/** An ISO 4217 currency code; the format `iso-4217` is checked by the service's validator. */
export const Currency = Type.String({ format: 'iso-4217', pattern: '^[A-Z]{3}$', examples: ['GBP'] });

/** An amount in the currency's minor unit (pence, cents, yen): always an integer, never a fraction. */
export const Money = Type.Object(
  {
    amountMinor: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, examples: [255] }),
    currency: Currency,
  },
  { additionalProperties: false },
);
export type Money = Static<typeof Money>;

/** What one unit of a product costs. */
export const Price = Type.Object(
  { amountMinor: Type.Integer({ minimum: 1, maximum: MAX_PRICE_MINOR, examples: [255] }), currency: Currency },
  { additionalProperties: false },
);
export type Price = Static<typeof Price>;
