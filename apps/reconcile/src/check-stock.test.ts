import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkStock, type StockCheck } from './check-stock.ts';
import { createFindings } from './findings.ts';
import { createHoldTally } from './hold-tally.ts';
import type { ReservationItem } from './items.ts';

const ORDERS = 8;
const RECEIVED = 20;
const price = { amountMinor: 100, currency: 'GBP' };

/** A sale of so many units by the order with that number, or the cancellation of that order. */
type Move = { order: number; quantity: number } | { cancel: number };

/**
 * A shop with one product, whose reservations are read one by one, in the order of their numbers. Between any two reads it
 * makes the next moves of the script. The reads are those of real tables; the property is about their interleavings.
 */
function createMovingShop(script: Move[][], { lost = 0 } = {}) {
  const reservations: (ReservationItem | undefined)[] = Array(ORDERS).fill(undefined);
  let available = RECEIVED - lost;
  const move = () => script.shift()?.forEach(carryOut);
  const product = () => ({ sku: 'MUG', available, received: RECEIVED });
  const tables: StockCheck['tables'] = {
    async *products() {
      move();
      yield [product()];
    },
    async *reservations() {
      for (let number = 0; number < ORDERS; number += 1) {
        move();
        const reservation = reservations[number];
        yield reservation ? [{ ...reservation }] : [];
      }
    },
    async findProducts() {
      move();
      return new Map([['MUG', product()]]);
    },
  };
  return { tables, carryOut };

  function carryOut(made: Move): void {
    const number = 'cancel' in made ? made.cancel : made.order;
    const standing = reservations[number];
    if ('cancel' in made) {
      if (standing?.status !== 'held') return;
      reservations[number] = { ...standing, status: 'released', version: 2 };
      available += standing.lines[0]?.quantity ?? 0;
    } else if (!standing && available >= made.quantity) {
      const lines = [{ sku: 'MUG', quantity: made.quantity, price }];
      reservations[number] = { orderId: String(number), status: 'held', lines, version: 1 };
      available -= made.quantity;
    }
  }
}

async function check(shop: Pick<ReturnType<typeof createMovingShop>, 'tables'>) {
  const findings = createFindings();
  const sum = createHoldTally({ startedAt: 0 });
  for await (const page of shop.tables.reservations()) sum.add(page);
  await checkStock({ tables: shop.tables, findings, pause: async () => undefined, startedAt: 0 }, sum);
  const { differences, undecided } = findings.summary();
  return { differences: differences.kinds, undecided: undecided.kinds };
}

const order = fc.integer({ min: 0, max: ORDERS - 1 });
const quantity = fc.integer({ min: 1, max: 2 });
const move = fc.oneof(fc.record({ order, quantity }), fc.record({ cancel: order }));
/** The job makes four passes over the reservations, and after each but the last reads the product. */
const READS = 4 * (ORDERS + 1);
/** What happens in one pass happens in each, to other orders: pure chance hardly ever deceives three rounds alike. */
const rhythm = fc
  .record({ pass: fc.array(fc.array(move, { maxLength: 2 }), { maxLength: ORDERS + 1 }), shift: order })
  .map(({ pass, shift }) =>
    Array.from({ length: READS }, (_, read) => {
      const later = (number: number) => (number + shift * Math.floor(read / (ORDERS + 1))) % ORDERS;
      const moves = pass[read % (ORDERS + 1)] ?? [];
      return moves.map((made) =>
        'cancel' in made ? { cancel: later(made.cancel) } : { ...made, order: later(made.order) },
      );
    }),
  );
const script = fc.oneof(rhythm, fc.array(fc.array(move, { maxLength: 2 }), { maxLength: READS }));

describe('the stock of one product', () => {
  test('that is right is never found wrong, whatever is sold and given back between the reads', async () => {
    const property = fc.asyncProperty(script, async (moves) => {
      expect((await check(createMovingShop(moves))).differences).toEqual({});
    });
    await fc.assert(property, { numRuns: 2000 });
  });

  test('that is wrong is found so, whatever happened before, when nothing moves', async () => {
    const lost = fc.integer({ min: -3, max: 3 }).filter((units) => units !== 0);
    const property = fc.asyncProperty(fc.array(move), lost, async (moves, units) => {
      const shop = createMovingShop([], { lost: units });
      moves.forEach(shop.carryOut);
      const kind = units > 0 ? 'product-lost' : 'product-oversold';
      expect(await check(shop)).toEqual({ differences: { [kind]: 1 }, undecided: {} });
    });
    await fc.assert(property, { numRuns: 200 });
  });

  test('that is wrong and moves in every round is undecided', async () => {
    const busy = Array.from({ length: READS }, (_, read) => {
      const number = Math.floor(read / (ORDERS + 1));
      return read % (ORDERS + 1) === 4 ? [{ order: number, quantity: 1 }] : [];
    });
    expect(await check(createMovingShop(busy, { lost: 5 }))).toEqual({
      differences: {},
      undecided: { 'product-lost': 1 },
    });
  });

  test('is not taken for unmoved because a release and a sale left as many available', async () => {
    // In each pass order n is counted, given back, and its unit sold to order n + 1, which is counted too: one too many.
    const swaps = new Map([1, 11, 21, 31].map((read, n) => [read, [{ cancel: n }, { order: n + 1, quantity: 1 }]]));
    const shop = createMovingShop(Array.from({ length: 32 }, (_, read) => swaps.get(read) ?? []));
    shop.carryOut({ order: 0, quantity: 1 });
    expect(await check(shop)).toEqual({ differences: {}, undecided: { 'product-oversold': 1 } });
  });
});
