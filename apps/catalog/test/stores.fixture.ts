import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { ProductInput } from '@shop/contracts/product';
import { createDynamo } from '@shop/dynamo';
import { createFaultProxy, testTables } from '@shop/dynamo/testing';
import { createProductStore } from '../src/product-store.ts';
import { createReservationStore, type Hold } from '../src/reservation-store.ts';
import { productsTable, reservationsTable } from '../src/tables.ts';

export type TestStores = Awaited<ReturnType<typeof openStores>>;

/** The stores of one test on tables of its own, behind a proxy that counts round trips and can inject faults. */
export async function openStores() {
  const target = process.env.AWS_ENDPOINT_URL_DYNAMODB;
  if (!target) throw new Error('There is no DynamoDB Local');
  const tables = await testTables({ products: productsTable, reservations: reservationsTable });
  const proxy = await createFaultProxy({ target, countCapacity: true });
  // DynamoDB Local makes transactions on one product wait for each other; how long says nothing about the catalog.
  const dynamo = createDynamo({ endpoint: proxy.endpoint, requestTimeoutMs: 10_000, connectionTimeoutMs: 5000 });
  const { names } = tables;

  return {
    dynamo,
    proxy,
    names,
    products: createProductStore({ dynamo, table: names.products }),
    reservations: createReservationStore({ dynamo, ...names }),
    units,
    async close() {
      dynamo.close();
      await tables.drop();
      await proxy.close();
    },
  };

  /** Where the units of a product are. Whatever happens, available and held make up received. */
  async function units(sku: string) {
    const stored = await scan(names.products);
    const product = stored.find((item) => item.sku === sku);
    const holds = (await scan(names.reservations)).filter(({ status }) => status === 'held') as unknown as Hold[];
    const lines = holds.flatMap((hold) => hold.lines).filter((line) => line.sku === sku);
    return {
      received: Number(product?.received),
      available: Number(product?.available),
      held: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    };
  }

  async function scan(table: string): Promise<Record<string, unknown>[]> {
    const command = new ScanCommand({ TableName: table, ConsistentRead: true });
    return (await tables.dynamo.read(command, soon())).Items ?? [];
  }
}

/** A deadline that a test never meets. */
export function soon(): number {
  return Date.now() + 20_000;
}

export function productInput(changes: Partial<ProductInput> = {}): ProductInput {
  const price = { amountMinor: 850, currency: 'GBP' };
  return { name: 'Blue mug', description: 'Holds 350 ml.', category: 'kitchen', price, received: 10, ...changes };
}

let orders = 0;

/** The id of an order that no other test uses. */
export function newOrderId(): string {
  orders += 1;
  const digits = [...String(orders).padStart(26, '0')].map((digit) => String.fromCharCode(97 + Number(digit)));
  return `ord_${digits.join('')}`;
}
