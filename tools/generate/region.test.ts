import { describe, expect, test } from '@jest/globals';
import { withRegion } from './region.ts';

const text = 'before\n<!-- generated: times -->\nold\n<!-- end of times -->\nafter\n';

describe('a generated region', () => {
  test('is replaced, and the text around it is left alone', () => {
    const written = withRegion(text, 'times', 'new');
    expect(written).toBe('before\n<!-- generated: times -->\nnew\n<!-- end of times -->\nafter\n');
    expect(withRegion(written, 'times', 'new')).toBe(written);
  });

  test('is never put anywhere else', () => {
    expect(() => withRegion(text, 'prices', 'new')).toThrow('generated: prices');
  });
});
