import { createHash, randomUUID } from 'node:crypto';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Dynamo } from '@shop/dynamo';
import { testTables } from '@shop/dynamo/testing';
import { createHttpClient } from '@shop/http-client';
import { createStaticSecret } from '@shop/secrets';
import { createGatewayLedger } from '../src/gateway-ledger.ts';
import type { OrderItem, PaymentItem, ProductItem, ReservationItem } from '../src/items.ts';
import { createPause } from '../src/pause.ts';
import { reconcile } from '../src/reconcile.ts';
import type { Report } from '../src/report.ts';
import { createShopTables } from '../src/shop-tables.ts';
import { API_KEY, startTestGateway } from './test-gateway.ts';

export type Tables = 'products' | 'reservations' | 'orders' | 'payments';
const definitions = {
  products: { key: 'sku' },
  reservations: { key: 'orderId' },
  orders: { key: 'orderId' },
  payments: { key: 'orderId' },
};

/** What every order of these tests buys. */
const line = { sku: 'MUG', quantity: 2, price: { amountMinor: 450, currency: 'GBP' } };
const total = { amountMinor: 900, currency: 'GBP' };

const orderItem = (item: Partial<OrderItem>) => ({
  status: 'confirmed',
  lines: [line],
  version: 2,
  createdAt: 1,
  paymentMethod: 'pm_never_shown',
  ...item,
});
const reservationItem = (item: Partial<ReservationItem>) => ({ status: 'held', lines: [line], version: 1, ...item });
const paymentItem = (item: Partial<PaymentItem>) => ({ status: 'succeeded', amount: total, version: 2, ...item });

export type RunOptions = {
  repair?: boolean;
  openLimitMs?: number;
  now?: () => number;
  /** Runs before each round of re-reading. */
  onPause?: (round: number) => Promise<void>;
  /** Wraps the reads of the tables, for a test that moves the shop between two of them. */
  around?: (dynamo: Dynamo) => Pick<Dynamo, 'read' | 'batchGet'>;
  pageSize?: number;
};

export type TestShop = Awaited<ReturnType<typeof createTestShop>>;

/** Tables and a gateway as the shop leaves them; a test then breaks what it likes. */
export async function createTestShop() {
  const { dynamo, names, drop } = await testTables<Tables>(definitions);
  const gateway = await startTestGateway();
  const client = createHttpClient({ peer: 'gateway', baseUrl: gateway.baseUrl });
  const soon = () => Date.now() + 5000;
  const put = async (table: Tables, item: object) => {
    await dynamo.write('seed.put', new PutCommand({ TableName: names[table], Item: item }), { deadlineAt: soon() });
  };

  const order = (item: Partial<OrderItem> & { orderId: string }) => put('orders', orderItem(item));
  const reservation = (item: Partial<ReservationItem> & { orderId: string }) =>
    put('reservations', reservationItem(item));
  const payment = (item: Partial<PaymentItem> & { orderId: string }) => put('payments', paymentItem(item));
  const product = (item: Partial<ProductItem> = {}) =>
    put('products', { sku: 'MUG', available: 10, received: 10, ...item });
  const charge = (reference: string, fields: object = {}) => {
    const chargeId = `ch_${gateway.charges.length}`;
    gateway.charges.push({ chargeId, reference, status: 'succeeded', ...total, refundedMinor: 0, ...fields });
    return chargeId;
  };

  return {
    dynamo,
    names,
    gateway,
    order,
    reservation,
    payment,
    product,
    charge,
    put,
    remove: async (table: Tables, key: object) => {
      const command = new DeleteCommand({ TableName: names[table], Key: key });
      await dynamo.write('seed.remove', command, { deadlineAt: soon() });
    },
    /** A confirmed order of two mugs, with everything that belongs to it but the units taken from the product. */
    sale: async (orderId = newOrderId()) => {
      const chargeId = charge(orderId);
      await Promise.all([order({ orderId, total, chargeId }), reservation({ orderId }), payment({ orderId })]);
      return { orderId, chargeId };
    },
    /** An order that was cancelled after it was paid. */
    cancelledSale: async (orderId = newOrderId(), { charged = false } = {}) => {
      if (!charged) charge(orderId, { refundedMinor: total.amountMinor });
      await Promise.all([
        order({ orderId, status: 'cancelled', total, version: 4 }),
        reservation({ orderId, status: 'released', version: 2, ttl: Math.floor(Date.now() / 1000) + 30 * 24 * 3600 }),
        payment({ orderId, status: 'refunded', version: 3 }),
      ]);
      return { orderId };
    },
    reconcile: ({
      around = (it) => it,
      onPause,
      pageSize = 2,
      openLimitMs = 60_000,
      ...options
    }: RunOptions = {}): Promise<Report> =>
      reconcile({
        tables: createShopTables({ dynamo: around(dynamo), names, pageSize }),
        ledger: createGatewayLedger({ client, apiKey: createStaticSecret(API_KEY) }),
        openLimitMs,
        pause: onPause ?? createPause({ wait: async () => undefined }),
        ...options,
      }),
    stop: async () => {
      await client.close();
      await gateway.close();
      await drop();
    },
  };
}

export function newOrderId(): string {
  const hex = createHash('sha256').update(randomUUID()).digest('hex').slice(0, 26);
  return `ord_${hex.replace(/[0189]/g, 'z')}`;
}
