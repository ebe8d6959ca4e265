import { describe, expect, test } from '@jest/globals';
import { productsTable, reservationsTable } from '@shop/catalog/tables';
import { type TableDefinition, toCreateTableInput } from '@shop/dynamo';
import { ordersTable } from '@shop/order/order-store';
import { paymentsTable } from '@shop/payment/payment-store';
import { sandboxLedgerTable } from '@shop/sandbox-gateway/ledger-store';
import { resourcesOf } from './layer.fixture.ts';

const real = {
  ProductsTable: productsTable,
  ReservationsTable: reservationsTable,
  OrdersTable: ordersTable,
  PaymentsTable: paymentsTable,
};
const inCode: Record<string, Record<string, TableDefinition>> = {
  workshop: { ...real, SandboxLedgerTable: sandboxLedgerTable },
  production: real,
};

describe.each(Object.entries(inCode))('The tables of %s', (profile, definitions) => {
  const tables = resourcesOf('data', { EnvironmentName: profile }, 'AWS::DynamoDB::Table');

  test('are those of the code, and no others', () => {
    expect(Object.keys(tables).sort()).toEqual(Object.keys(definitions).sort());
  });

  test.each(Object.entries(definitions))(
    'have the keys, indexes and projections of the code, and are paid for on demand: %s',
    (name, definition) => {
      const { TableName: _ours, ...wanted } = toCreateTableInput('any', definition);
      const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, LocalSecondaryIndexes, BillingMode } =
        tables[name] ?? {};
      expect({ AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, LocalSecondaryIndexes, BillingMode }).toEqual(
        wanted,
      );
    },
  );

  test.each(Object.entries(definitions))(
    'forget items by the attribute of the code, or keep all: %s',
    (name, { ttlAttribute }) => {
      const wanted = ttlAttribute && { AttributeName: ttlAttribute, Enabled: true };
      expect(tables[name]?.TimeToLiveSpecification).toEqual(wanted);
    },
  );

  test.each(Object.keys(definitions))('are protected in production alone: %s', (name) => {
    const inProduction = profile === 'production';
    expect(tables[name]).toMatchObject({
      DeletionProtectionEnabled: inProduction,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: inProduction },
      SSESpecification: { SSEEnabled: inProduction },
    });
  });
});
