/** Each drops one condition, or has one port break its promise. The explorer must notice every one of them. */
export const mutants = [
  'order put without its condition',
  'own write not recognised',
  'order saved without its version',
  'lease without the due time it saw',
  'cancellation ignored at the start of a pass',
  'cancellation ignored throughout',
  'index left before the release is done',
  'outcome not recorded',
  'outcome recorded twice',
  'payment method kept after closing',
  'payment method dropped while a charge is open',
  'reservation without its condition',
  'hold without a look at what is available',
  'refusal without a fence',
  'release without a look at what is held',
  'release without a tombstone',
  'intent without its condition',
  'refund without voiding',
  'charge without its key',
  'refund without its key',
  'decline forgotten by the gateway',
] as const;

export type Mutant = (typeof mutants)[number];
export type Broken = ReadonlySet<Mutant>;
