/** A browser keeps its connection; a script opens one for each request. A service that stops has to bear both. */
export const clientKinds = ['keep-alive', 'fresh'] as const;
export type ClientKind = (typeof clientKinds)[number];

export type Visit = {
  client: ClientKind;
  what: 'listing' | 'product' | 'order';
  /** Counts on for ever: taken modulo the number of customers, and of products. */
  customer: number;
  product: number;
  /** A read that sends the ETag it knows. */
  conditional: boolean;
  /** An order that is cancelled in the end. */
  cancelled: boolean;
};

const turns = [
  'product',
  'listing',
  'order',
  'product',
  'order',
  'listing',
  'product',
  'order',
  'product',
  'order',
] as const;

/** What the visit of that number does: of ten, four read a product, two a listing, and four order. Both clients do the same. */
export function visitOf(number: number): Visit {
  const pair = Math.floor(number / clientKinds.length);
  const round = Math.floor(pair / turns.length);
  return {
    client: clientKinds[number % clientKinds.length] ?? 'fresh',
    what: turns[pair % turns.length] ?? 'product',
    customer: number,
    product: pair + round,
    conditional: round % 2 === 1,
    cancelled: pair % turns.length === 4,
  };
}
