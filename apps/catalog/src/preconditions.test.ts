import { describe, expect, test } from '@jest/globals';
import { expectationIn, isKnown, meets } from './preconditions.ts';
import type { StoredProduct } from './product.ts';

const product = { version: 3, available: 7, active: true } as StoredProduct;
const deleted = { ...product, active: false };

describe('a writer', () => {
  test.each([
    ['"3-7"', true],
    ['"3-999"', true],
    ['"2-7"', false],
    ['"2-7", "3-7"', true],
    ['*', true],
    ['W/"3-7"', false],
    ['3-7', false],
    ['"nonsense"', false],
    ['', false],
    [`"${'3'.repeat(16)}-7"`, false],
  ])('that sends If-Match %s for version 3 may write: %s', (ifMatch, may) => {
    const expected = expectationIn({ 'if-match': ifMatch });
    expect(expected && meets(product, expected)).toBe(may);
  });

  test('that sends If-Match never meets a product that is absent or deleted', () => {
    for (const expected of [expectationIn({ 'if-match': '*' }), expectationIn({ 'if-match': '"3-7"' })]) {
      expect(expected && meets(undefined, expected)).toBe(false);
      expect(expected && meets(deleted, expected)).toBe(false);
    }
  });

  test('that sends If-None-Match: * meets only a product that is absent or deleted', () => {
    const expected = expectationIn({ 'if-none-match': '*' });
    expect(expected).toBe('none');
    expect(meets(undefined, 'none')).toBe(true);
    expect(meets(deleted, 'none')).toBe(true);
    expect(meets(product, 'none')).toBe(false);
  });

  test('that sends both contradicts itself and meets nothing', () => {
    const expected = expectationIn({ 'if-match': '*', 'if-none-match': '*' });
    for (const state of [product, deleted, undefined]) expect(expected && meets(state, expected)).toBe(false);
  });

  test('that sends neither, or an If-None-Match with a tag, has not said what it expects', () => {
    expect(expectationIn({})).toBeUndefined();
    expect(expectationIn({ 'if-none-match': '"3-7"' })).toBeUndefined();
  });
});

describe('a reader', () => {
  test.each([
    ['"3-7"', true],
    ['W/"3-7"', true],
    ['"1-1", "3-7"', true],
    ['*', true],
    ['"3-6"', false],
    ['"2-7"', false],
    [undefined, false],
  ])('that sends If-None-Match %s knows version 3 with 7 units: %s', (header, known) => {
    expect(isKnown(product, header)).toBe(known);
  });
});
