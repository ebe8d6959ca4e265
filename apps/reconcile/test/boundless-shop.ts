import type { Charge } from '../src/charge.ts';
import type { GatewayLedger } from '../src/gateway-ledger.ts';
import type { OrderItem, PaymentItem, ReservationItem } from '../src/items.ts';
import type { ShopTables } from '../src/shop-tables.ts';

const PAGE_SIZE = 100;
const PRODUCTS = 50;
const total = { amountMinor: 200, currency: 'GBP' };

/**
 * The tables and the ledger of a shop with any number of orders, each made up when it is read and kept nowhere. In a
 * ruined shop every order lacks its charge, and every charge, reservation and payment of the ledger side lacks its order.
 */
export function createBoundlessShop(
  orders: number,
  { ruined }: { ruined: boolean },
): { tables: ShopTables; ledger: GatewayLedger } {
  async function* pages<Item>(make: (number: number) => Item): AsyncGenerator<Item[]> {
    for (let first = 0; first < orders; first += PAGE_SIZE) {
      yield Array.from({ length: Math.min(PAGE_SIZE, orders - first) }, (_, offset) => make(first + offset));
    }
  }
  const find = async <Item>(ids: readonly string[], make: (number: number) => Item) =>
    new Map(ids.map((id) => [id, make(numberOf(id))]));
  const orphaned = (id: string) => ruined && id.startsWith('stray');
  const strayId = (number: number) => (ruined ? `stray_${idOf(number)}` : idOf(number));

  return {
    tables: {
      pageSize: PAGE_SIZE,
      async *products() {
        const heldEach = orders / PRODUCTS;
        yield Array.from({ length: PRODUCTS }, (_, number) => ({
          sku: `S${number}`,
          available: 0,
          received: heldEach,
        }));
      },
      reservations: () => pages((number) => ({ ...reservation(number), orderId: strayId(number) })),
      orders: () => pages(order),
      payments: () => pages((number) => ({ ...payment(number), orderId: strayId(number) })),
      findProducts: async () => new Map(),
      findReservations: (ids) => find(ids, reservation),
      findOrders: (ids) =>
        find(
          ids.filter((id) => !orphaned(id)),
          order,
        ),
      findPayments: (ids) => find(ids, payment),
    },
    ledger: {
      chargesOf: async (reference) => (ruined ? [] : [charge(numberOf(reference))]),
      pages: () => pages((number) => ({ ...charge(number), reference: strayId(number) })),
      refundRest: async () => undefined,
    },
  };
}

function order(number: number): OrderItem {
  const orderId = idOf(number);
  return {
    orderId,
    status: 'confirmed',
    lines: linesOf(number),
    total,
    chargeId: `ch_${number}`,
    version: 2,
    createdAt: 1,
  };
}

function reservation(number: number): ReservationItem {
  return { orderId: idOf(number), status: 'held', lines: linesOf(number), version: 1 };
}

function payment(number: number): PaymentItem {
  return { orderId: idOf(number), status: 'succeeded', amount: total, version: 2 };
}

function charge(number: number): Charge {
  return { chargeId: `ch_${number}`, reference: idOf(number), status: 'succeeded', ...total, refundedMinor: 0 };
}

function linesOf(number: number) {
  return [{ sku: `S${number % PRODUCTS}`, quantity: 1, price: { amountMinor: 200, currency: 'GBP' } }];
}

function idOf(number: number): string {
  return `ord_${String(number).padStart(26, '0')}`;
}

function numberOf(id: string): number {
  return Number(id.slice(-26));
}
