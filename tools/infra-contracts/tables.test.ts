import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { productsTable, reservationsTable } from '@shop/catalog/tables';
import { type TableDefinition, toCreateTableInput } from '@shop/dynamo';
import { ordersTable } from '@shop/order/order-store';
import { paymentsTable } from '@shop/payment/payment-store';
import { sandboxLedgerTable } from '@shop/sandbox-gateway/ledger-store';
import { parse } from 'yaml';

const inCode: Record<string, TableDefinition> = {
  ProductsTable: productsTable,
  ReservationsTable: reservationsTable,
  OrdersTable: ordersTable,
  PaymentsTable: paymentsTable,
  SandboxLedgerTable: sandboxLedgerTable,
};

type Resource = { Type: string; Properties: Record<string, unknown> };

/** Tags such as `!Ref` are passed over: what is compared here has none. */
const { Resources }: { Resources: Record<string, Resource> } = parse(
  readFileSync(new URL('../../infra/templates/data.yaml', import.meta.url), 'utf8'),
  { logLevel: 'error' },
);
const inTemplate = Object.entries(Resources).filter(([, { Type }]) => Type === 'AWS::DynamoDB::Table');

test('The template has the tables of the code, and no others', () => {
  expect(inTemplate.map(([name]) => name).sort()).toEqual(Object.keys(inCode).sort());
});

describe.each(Object.entries(inCode))('%s', (name, definition) => {
  const properties = Resources[name]?.Properties ?? {};

  test('has the keys, indexes and projections of the code, and is paid for on demand', () => {
    const { TableName: _ours, ...wanted } = toCreateTableInput('any', definition);
    const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, LocalSecondaryIndexes, BillingMode } = properties;
    expect({ AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, LocalSecondaryIndexes, BillingMode }).toEqual(
      wanted,
    );
  });

  test('forgets items by the attribute of the code, or keeps all', () => {
    const { ttlAttribute } = definition;
    const wanted = ttlAttribute && { AttributeName: ttlAttribute, Enabled: true };
    expect(properties.TimeToLiveSpecification).toEqual(wanted);
  });
});
