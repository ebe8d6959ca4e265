import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { productsTable } from '@shop/catalog/tables';
import { parseConfig } from '@shop/config';
import { testTables } from '@shop/dynamo/testing';
import { SetupConfig } from './config.ts';
import { prepareTables } from './prepare-tables.ts';

describe('where the tables have another owner', () => {
  test('the sample products go into the table that is named, and no table is created', async () => {
    const { names, drop } = await testTables({ products: productsTable });
    const absent = `absent-${randomUUID()}`;
    const environment = { CREATE_TABLES: 'false', PRODUCTS_TABLE: names.products, ORDERS_TABLE: absent };
    try {
      const config = parseConfig(SetupConfig, environment);
      expect(await prepareTables(config)).toBeGreaterThan(0);
      expect(await prepareTables(config)).toBe(0);
    } finally {
      await drop();
    }
  });

  test('a table that is missing stays missing, and says so', async () => {
    const config = parseConfig(SetupConfig, { CREATE_TABLES: 'false', PRODUCTS_TABLE: `absent-${randomUUID()}` });
    await expect(prepareTables(config)).rejects.toMatchObject({
      name: expect.stringMatching(/ResourceNotFound|Storage/),
    });
  });

  test('no secret is asked for', () => {
    expect(parseConfig(SetupConfig, {})).not.toHaveProperty('GATEWAY_SECRET_NAME');
  });
});
