import { describe, expect, test } from '@jest/globals';
import { formatMinor, minorUnits } from './money.ts';

describe('a decimal string', () => {
  test.each([
    ['2.55', 255],
    ['2.5', 250],
    ['4.35', 435],
    ['1.1', 110],
    ['12345.67', 1234567],
    ['7', 700],
    ['0', 0],
    ['0.00', 0],
    ['-0.0', 0],
    ['-2345.67', -234567],
    ['0.850', 85],
    ['999999999999.99', 99999999999999],
  ])('%s becomes %d minor units', (decimal, amountMinor) => {
    expect(minorUnits(decimal)).toBe(amountMinor);
  });

  test.each(['0.001', '1.999', '-2.005'])('with a fraction of a penny is refused: %s', (decimal) => {
    expect(minorUnits(decimal)).toBe('fraction');
  });

  test.each(['', ' ', '1,50', '.5', '1.', '1e3', 'NaN', '£2', '0x10', '9999999999999'])(
    'is malformed: "%s"',
    (text) => {
      expect(minorUnits(text)).toBe('malformed');
    },
  );
});

test.each([
  [12345678, '123,456.78'],
  [5, '0.05'],
  [-250, '-2.50'],
  [0, '0.00'],
  [123456789012, '1,234,567,890.12'],
])('%d minor units read %s', (amountMinor, text) => {
  expect(formatMinor(amountMinor)).toBe(text);
});
