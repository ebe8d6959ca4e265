import { describe, expect, test } from '@jest/globals';
import { cleanRow } from './clean.ts';
import type { Row } from './csv.ts';

const row = (fields: Partial<Row> = {}): Row => ({
  InvoiceNo: '536365',
  StockCode: '85123A',
  Description: 'WHITE HANGING HEART T-LIGHT HOLDER',
  Quantity: '6',
  UnitPrice: '2.55',
  CustomerID: '17850',
  ...fields,
});

test('a sale is kept with its price in pence', () => {
  expect(cleanRow(row())).toEqual({
    invoiceNo: '536365',
    kind: 'sale',
    customerId: '17850',
    sku: '85123A',
    name: 'WHITE HANGING HEART T-LIGHT HOLDER',
    quantity: 6,
    priceMinor: 255,
  });
});

test('a cancellation is kept with a positive quantity', () => {
  expect(cleanRow(row({ InvoiceNo: 'C536506', Quantity: '-6' }))).toMatchObject({ kind: 'cancellation', quantity: 6 });
});

test('a sale without a customer belongs to the guest of its invoice', () => {
  expect(cleanRow(row({ CustomerID: '' }))).toMatchObject({ customerId: 'guest-536365' });
});

test('codes that differ in case are different products', () => {
  expect(cleanRow(row({ StockCode: '15056bl' }))).toMatchObject({ sku: '15056bl' });
});

describe('a row is left out under the rule', () => {
  test.each<[string, Partial<Row>]>([
    ['malformed', { InvoiceNo: '' }],
    ['malformed', { Quantity: '1.5' }],
    ['malformed', { UnitPrice: 'free' }],
    ['document', { InvoiceNo: 'A563185' }],
    ['not-goods', { StockCode: 'POST' }],
    ['not-goods', { StockCode: 'BANK CHARGES' }],
    ['not-goods', { StockCode: 'm' }],
    ['not-goods', { StockCode: 'gift_0001_20' }],
    ['not-goods', { StockCode: '' }],
    ['sign', { Quantity: '-10' }],
    ['sign', { Quantity: '0' }],
    ['sign', { InvoiceNo: 'C536506', Quantity: '6' }],
    ['no-price', { UnitPrice: '0' }],
    ['no-price', { UnitPrice: '-11062.06' }],
    ['fraction', { UnitPrice: '0.001' }],
    ['limit', { UnitPrice: '10000000.01' }],
    ['limit', { Quantity: '1000001' }],
  ])('%s: %j', (rule, fields) => {
    expect(cleanRow(row(fields))).toMatchObject({ leftOut: rule });
  });
});

test('what a left-out row stood for in the file is kept for the report', () => {
  expect(cleanRow(row({ StockCode: 'D', InvoiceNo: 'C536379', Quantity: '-2', UnitPrice: '27.5' }))).toEqual({
    invoiceNo: 'C536379',
    leftOut: 'not-goods',
    units: -2,
    amountMinor: -5500,
  });
});
