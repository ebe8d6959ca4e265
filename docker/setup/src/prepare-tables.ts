import { createProductStore } from '@shop/catalog/product-store';
import { seedProducts } from '@shop/catalog/seed';
import { productsTable, reservationsTable } from '@shop/catalog/tables';
import { parseConfig } from '@shop/config';
import { createDynamo, createTable } from '@shop/dynamo';
import { ordersTable } from '@shop/order/order-store';
import { paymentsTable } from '@shop/payment/payment-store';
import { sandboxLedgerTable } from '@shop/sandbox-gateway/ledger-store';
import type { Static } from 'typebox';
import { SetupConfig } from './config.ts';

export type TablesToPrepare = Omit<Static<typeof SetupConfig>, 'GATEWAY_SECRET_NAME'>;

const SEED_TIMEOUT_MS = 20_000;

/**
 * Creates the tables that are missing, if it is to, and the sample products that never were there. Resolves to the number
 * of these.
 */
export async function prepareTables(config: TablesToPrepare = parseConfig(SetupConfig, {})): Promise<number> {
  const tables = [
    [config.PRODUCTS_TABLE, productsTable],
    [config.RESERVATIONS_TABLE, reservationsTable],
    [config.ORDERS_TABLE, ordersTable],
    [config.PAYMENTS_TABLE, paymentsTable],
    [config.SANDBOX_LEDGER_TABLE, sandboxLedgerTable],
  ] as const;
  const dynamo = createDynamo();
  try {
    if (config.CREATE_TABLES) await Promise.all(tables.map(([name, table]) => createTable(dynamo, name, table)));
    const products = createProductStore({ dynamo, table: config.PRODUCTS_TABLE });
    return await seedProducts(products, Date.now() + SEED_TIMEOUT_MS);
  } finally {
    dynamo.close();
  }
}
