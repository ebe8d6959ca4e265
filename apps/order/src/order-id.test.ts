import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { orderIdOf, requestHashOf } from './order-id.ts';

describe('the id of an order', () => {
  test('is the base32 of a SHA-256 over customer and key', () => {
    const digest = createHash('sha256').update('ada').update(Buffer.of(0)).update('key-1').digest();
    let value = BigInt(`0x${digest.subarray(0, 17).toString('hex')}`) >> 6n;
    let expected = '';
    for (let digit = 0; digit < 26; digit += 1) {
      expected = 'abcdefghijklmnopqrstuvwxyz234567'.charAt(Number(value & 31n)) + expected;
      value >>= 5n;
    }
    expect(orderIdOf('ada', 'key-1')).toBe(`ord_${expected}`);
  });

  test('tells customers apart whatever their names and keys run into', () => {
    expect(orderIdOf('ada', '1x')).not.toBe(orderIdOf('ada1', 'x'));
  });
});

describe('the hash of a request', () => {
  const mug = { sku: 'MUG', quantity: 1 };
  const cup = { sku: 'CUP', quantity: 2 };
  const hash = (lines: (typeof mug)[], paymentMethod = 'pm_approve') => requestHashOf({ lines, paymentMethod });

  test('does not depend on the order of lines or members', () => {
    expect(hash([mug, cup])).toBe(hash([{ quantity: 2, sku: 'CUP' }, mug]));
  });

  test('depends on everything else', () => {
    const others = [
      hash([mug]),
      hash([mug, { ...cup, quantity: 3 }]),
      hash([mug, { ...cup, sku: 'cup' }]),
      hash([mug, cup], 'pm_x'),
    ];
    expect(new Set([hash([mug, cup]), ...others]).size).toBe(5);
  });
});
