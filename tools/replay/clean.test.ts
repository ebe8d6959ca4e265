import { describe, expect, test } from '@jest/globals';
import { cleanRow } from './clean.ts';
import type { Row } from './csv.ts';

const row = (fields: Partial<Row> = {}): Row => ({
  InvoiceNo: '700001',
  StockCode: '40321A',
  Description: 'TIN WATERING CAN',
  Quantity: '4',
  UnitPrice: '3.15',
  CustomerID: '90001',
  ...fields,
});

test('a sale is kept with its price in pence', () => {
  expect(cleanRow(row())).toEqual({
    invoiceNo: '700001',
    kind: 'sale',
    customerId: '90001',
    sku: '40321A',
    name: 'TIN WATERING CAN',
    quantity: 4,
    priceMinor: 315,
  });
});

test('a cancellation is kept with a positive quantity', () => {
  expect(cleanRow(row({ InvoiceNo: 'C700002', Quantity: '-6' }))).toMatchObject({ kind: 'cancellation', quantity: 6 });
});

test('a sale without a customer belongs to the guest of its invoice', () => {
  expect(cleanRow(row({ CustomerID: '' }))).toMatchObject({ customerId: 'guest-700001' });
});

test('codes that differ in case are different products', () => {
  expect(cleanRow(row({ StockCode: '40321a' }))).toMatchObject({ sku: '40321a' });
});

describe('a row is left out under the rule', () => {
  test.each<[string, Partial<Row>]>([
    ['malformed', { InvoiceNo: '' }],
    ['malformed', { Quantity: '1.5' }],
    ['malformed', { Quantity: '5.0' }],
    ['malformed', { Quantity: '1e3' }],
    ['malformed', { Quantity: '+5' }],
    ['malformed', { Quantity: '1234567890' }],
    ['malformed', { UnitPrice: 'free' }],
    ['document', { InvoiceNo: 'A700003' }],
    ['not-goods', { StockCode: 'POST' }],
    ['not-goods', { StockCode: 'BANK CHARGES' }],
    ['not-goods', { StockCode: 'm' }],
    ['not-goods', { StockCode: 'gift_9999_5' }],
    ['not-goods', { StockCode: '' }],
    ['sign', { Quantity: '-10' }],
    ['sign', { Quantity: '0' }],
    ['sign', { InvoiceNo: 'C700002', Quantity: '6' }],
    ['no-price', { UnitPrice: '0' }],
    ['no-price', { UnitPrice: '-2345.67' }],
    ['fraction', { UnitPrice: '0.001' }],
    ['limit', { UnitPrice: '10000000.01' }],
    ['limit', { Quantity: '1000001' }],
  ])('%s: %j', (rule, fields) => {
    expect(cleanRow(row(fields))).toMatchObject({ leftOut: rule });
  });
});

test('what a left-out row stood for in the file is kept for the report', () => {
  expect(cleanRow(row({ StockCode: 'D', InvoiceNo: 'C700004', Quantity: '-3', UnitPrice: '12.5' }))).toEqual({
    invoiceNo: 'C700004',
    leftOut: 'not-goods',
    units: -3,
    amountMinor: -3750,
  });
});
