import { describe, expect, test } from '@jest/globals';
import { decodeCursor, encodeCursor } from './page.ts';

describe('a cursor', () => {
  test('gives back the position it was made of', () => {
    expect(decodeCursor(encodeCursor(['kitchen', 'name', 'Mug#M-1']), 3)).toEqual(['kitchen', 'name', 'Mug#M-1']);
  });

  test.each(['', 'x', '%%%', 'bnVsbA', encodeCursor(['one']), `${encodeCursor(['a', 'b'])}=`, 'WzEsMl0'])(
    'that was never handed out is refused: %s',
    (forged) => {
      expect(decodeCursor(forged, 2)).toBeUndefined();
    },
  );
});
