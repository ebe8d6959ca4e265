import { describe, expect, test } from '@jest/globals';
import type { StoredProduct } from './product.ts';
import { quote, shortfallIn } from './quote.ts';

const gbp = { amountMinor: 850, currency: 'GBP' };
const lines = [
  { sku: 'MUG', quantity: 2 },
  { sku: 'POT', quantity: 1 },
];

function product(sku: string, changes: Partial<StoredProduct> = {}): [string, StoredProduct] {
  return [sku, { sku, price: gbp, available: 5, active: true, ...changes } as StoredProduct];
}

describe('a quote', () => {
  test('puts the price of each product on its line', () => {
    const pot = { amountMinor: 1, currency: 'GBP' };
    expect(quote(lines, new Map([product('MUG'), product('POT', { price: pot })]))).toEqual([
      { sku: 'MUG', quantity: 2, price: gbp },
      { sku: 'POT', quantity: 1, price: pot },
    ]);
  });

  test('does not look at the stock', () => {
    expect(quote(lines, new Map([product('MUG', { available: 0 }), product('POT')]))).toHaveLength(2);
  });

  test('is refused for unknown and deleted products, and names them', () => {
    expect(quote(lines, new Map([product('MUG', { active: false })]))).toEqual({
      reason: 'not_for_sale',
      shortLines: [
        { sku: 'MUG', requested: 2, available: 0 },
        { sku: 'POT', requested: 1, available: 0 },
      ],
    });
  });

  test('is refused for prices in two currencies', () => {
    const pot = product('POT', { price: { amountMinor: 850, currency: 'EUR' } });
    expect(quote(lines, new Map([product('MUG'), pot]))).toEqual({ reason: 'mixed_currency', shortLines: [] });
  });
});

describe('a shortfall', () => {
  test('names the refused lines that ask for more than is left', () => {
    expect(shortfallIn(lines, new Map([product('MUG', { available: 1 })]))).toEqual({
      reason: 'out_of_stock',
      shortLines: [{ sku: 'MUG', requested: 2, available: 1 }],
    });
  });

  test('is not found in products that were refused for their price alone', () => {
    expect(shortfallIn(lines, new Map([product('MUG'), product('POT')]))).toBeUndefined();
  });

  test('counts a deleted product as having nothing left', () => {
    expect(shortfallIn(lines, new Map([product('MUG', { active: false }), product('POT', { available: 0 })]))).toEqual({
      reason: 'not_for_sale',
      shortLines: [
        { sku: 'MUG', requested: 2, available: 0 },
        { sku: 'POT', requested: 1, available: 0 },
      ],
    });
  });

  test('counts a product without a row the same', () => {
    expect(shortfallIn(lines, new Map([['POT', undefined]]))).toMatchObject({ reason: 'not_for_sale' });
  });
});
