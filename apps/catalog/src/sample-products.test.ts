import { describe, expect, test } from '@jest/globals';
import { ProductInput, Sku } from '@shop/contracts/product';
import Format from 'typebox/format';
import Value from 'typebox/value';
import { sampleProducts } from './sample-products.ts';

const isCurrency = (code: string) => Intl.supportedValuesOf('currency').includes(code);

describe('the sample catalog', () => {
  test('has about sixty products in several categories, each as the API would take it', () => {
    Format.Set('iso-4217', isCurrency);
    const faults = sampleProducts.filter(
      ({ sku, input }) => !Value.Check(ProductInput, input) || !Value.Check(Sku, sku),
    );
    expect(faults).toEqual([]);
    expect(sampleProducts.length).toBeGreaterThanOrEqual(55);
    expect(new Set(sampleProducts.map(({ input }) => input.category)).size).toBeGreaterThanOrEqual(6);
  });

  test('names no product twice and has a few that are scarce', () => {
    expect(new Set(sampleProducts.map(({ sku }) => sku)).size).toBe(sampleProducts.length);
    expect(sampleProducts.filter(({ input }) => input.received <= 5).length).toBeGreaterThanOrEqual(3);
  });
});
