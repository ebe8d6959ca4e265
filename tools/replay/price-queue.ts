/**
 * A queue per SKU. Orders that need one SKU at the same price go side by side; an order that needs it at another price waits
 * until all those before it have left, and orders behind it wait for it. Each order enters all its queues at once and only
 * ever waits for orders that entered before it, so no two can wait for each other.
 */
export function createPriceQueue(setPrice: (sku: string, priceMinor: number) => Promise<void>) {
  const lastTurns = new Map<string, Turn>();
  return {
    enter(lines: readonly { sku: string; priceMinor: number }[]): Place {
      const { promise: gone, resolve: leave } = Promise.withResolvers<void>();
      const turns = lines.map(({ sku, priceMinor }) => {
        const last = lastTurns.get(sku);
        const turn = last?.priceMinor === priceMinor ? last : turnAfter(last, sku, priceMinor);
        lastTurns.set(sku, turn);
        turn.members.push(gone);
        return turn;
      });
      return {
        begins: Promise.all(turns.map(({ begins }) => begins)).then(() => undefined),
        setPrices: async () => {
          await Promise.all(turns.map((turn) => turn.setPrice()));
        },
        leave,
      };
    },
  };

  function turnAfter(last: Turn | undefined, sku: string, priceMinor: number): Turn {
    let set: Promise<void> | undefined;
    return {
      priceMinor,
      begins: Promise.all(last?.members ?? []),
      members: [],
      // Once a turn, by the first order that asks: an order that stands already needs no price.
      setPrice: () => (set ??= setPrice(sku, priceMinor)),
    };
  }
}

/** An order's place in the queues of all its SKUs. */
export type Place = {
  /** Resolves when no order before it needs one of its SKUs at another price. */
  begins: Promise<void>;
  /** Call after `begins`: sees to it that every SKU has the order's price. */
  setPrices(): Promise<void>;
  /** Must be called, also after a failure, or the orders behind would wait for ever. */
  leave(): void;
};

type Turn = {
  priceMinor: number;
  begins: Promise<unknown>;
  members: Promise<void>[];
  setPrice(): Promise<void>;
};
