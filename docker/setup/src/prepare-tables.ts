import { createProductStore } from '@shop/catalog/product-store';
import { seedProducts } from '@shop/catalog/seed';
import { productsTable, reservationsTable } from '@shop/catalog/tables';
import { createDynamo, createTable } from '@shop/dynamo';
import { ordersTable } from '@shop/order/order-store';
import { paymentsTable } from '@shop/payment/payment-store';
import { sandboxLedgerTable } from '@shop/sandbox-gateway/ledger-store';

const tables = {
  products: productsTable,
  reservations: reservationsTable,
  orders: ordersTable,
  payments: paymentsTable,
  'sandbox-ledger': sandboxLedgerTable,
};
const SEED_TIMEOUT_MS = 20_000;

/** Creates the tables that are missing and the sample products that never were there. Resolves to the number of these. */
export async function prepareTables(): Promise<number> {
  const dynamo = createDynamo();
  try {
    await Promise.all(Object.entries(tables).map(([name, definition]) => createTable(dynamo, name, definition)));
    const products = createProductStore({ dynamo, table: 'products' });
    return await seedProducts(products, Date.now() + SEED_TIMEOUT_MS);
  } finally {
    dynamo.close();
  }
}
