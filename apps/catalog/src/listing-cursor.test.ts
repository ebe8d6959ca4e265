import { describe, expect, test } from '@jest/globals';
import { encodeCursor } from '@shop/contracts/page';
import { cursorAfter, positionIn } from './listing-cursor.ts';
import { listingPositions, skuAt } from './product.ts';

const byName = { category: 'kitchen', sort: 'name' } as const;
const byPrice = { category: 'kitchen', sort: 'price' } as const;

describe('the cursor of a listing', () => {
  test('gives its position back, also for a name with # and line breaks', () => {
    const { namePosition, pricePosition } = listingPositions('MUG-1', {
      name: '#1 mug\n"blue"',
      price: { amountMinor: 1_000_000_000, currency: 'GBP' },
    });
    expect(positionIn(cursorAfter(byName, namePosition), byName)).toBe(namePosition);
    expect(positionIn(cursorAfter(byPrice, pricePosition), byPrice)).toBe(pricePosition);
    expect(skuAt(namePosition)).toBe('MUG-1');
  });

  test.each([
    ['another category', cursorAfter({ ...byName, category: 'garden' }, 'Mug#M'), byName],
    ['another sort', cursorAfter(byPrice, '0000000850#M'), byName],
    ['no position', encodeCursor(['kitchen', 'name']), byName],
    ['a position without a SKU', cursorAfter(byName, 'Mug'), byName],
    ['a position with a SKU that cannot be', cursorAfter(byName, 'Mug#a b'), byName],
    ['a price of nine digits', cursorAfter(byPrice, '000000850#M'), byPrice],
    ['a price that is none', cursorAfter(byPrice, 'Mug#M'), byPrice],
    ['a name of thousands of characters', cursorAfter(byName, `${'m'.repeat(1000)}#M`), byName],
    ['nothing', '', byName],
  ])('is refused with %s', (_, cursor, listing) => {
    expect(positionIn(cursor, listing)).toBeUndefined();
  });

  test('of the longest name fits into the query parameter', () => {
    for (const letter of ['😀', '"', '\u0001']) {
      const { namePosition } = listingPositions('M'.repeat(64), {
        name: letter.repeat(200),
        price: { amountMinor: 1, currency: 'GBP' },
      });
      const listing = { category: 'k'.repeat(64), sort: 'name' } as const;
      const cursor = cursorAfter(listing, namePosition);
      expect(cursor.length).toBeLessThanOrEqual(2048);
      expect(positionIn(cursor, listing)).toBe(namePosition);
    }
  });
});

describe('the positions of products', () => {
  test('sort prices as numbers', () => {
    const positions = [1_000_000_000, 99, 100, 1].map(
      (amountMinor) => listingPositions('M', { name: 'Mug', price: { amountMinor, currency: 'GBP' } }).pricePosition,
    );
    expect(positions.sort()).toEqual(['0000000001#M', '0000000099#M', '0000000100#M', '1000000000#M']);
  });
});
