import { describe, expect, test } from '@jest/globals';
import { isOpen, type MoveName, moveOrder, moves, newOrder, type Order, type OrderStatus, totalOf } from './order.ts';

const input = { lines: [{ sku: 'MUG', quantity: 2 }], paymentMethod: 'pm_approve' };
const pending = newOrder({ customerId: 'ada', idempotencyKey: 'key', input }, 1000, 6000);
const as = (status: OrderStatus): Order => ({ ...pending, status });
const names = Object.keys(moves) as MoveName[];

describe('a move', () => {
  test.each(names)('%s starts from its own status only', (name) => {
    const { from, to } = moves[name];
    expect(moveOrder(as(from), name)).toMatchObject({ status: to, version: 2 });
    for (const status of ['pending', 'confirmed', 'rejected', 'releasing', 'refunding', 'cancelled'] as const) {
      if (status !== from) expect(() => moveOrder(as(status), name)).toThrow(`leaves ${from}`);
    }
  });

  test.each(names)('%s keeps the entry in the open index while the order is open', (name) => {
    const { dueAt, openShard } = moveOrder(as(moves[name].from), name);
    const expected: Partial<Order> = isOpen(moves[name].to) ? pending : {};
    expect({ dueAt, openShard }).toEqual({ dueAt: expected.dueAt, openShard: expected.openShard });
  });

  test.each(names)('%s keeps the payment method only on the way to a refund', (name) => {
    const { paymentMethod } = moveOrder(as(moves[name].from), name);
    expect(paymentMethod).toBe(moves[name].to === 'refunding' ? 'pm_approve' : undefined);
  });

  test.each(names)('%s records an outcome exactly when it leaves pending', (name) => {
    const { outcome } = moveOrder(as(moves[name].from), name);
    expect(outcome !== undefined).toBe(moves[name].from === 'pending');
  });

  test.each(names)('%s is stopped by a cancellation unless it acts on one', (name) => {
    const { from, to } = moves[name];
    expect('unlessCancelled' in moves[name]).toBe(from === 'pending' && to !== 'refunding');
  });
});

test('every open status has a way to each end that it may come to', () => {
  const ways = names.map((name) => `${moves[name].from} -> ${moves[name].to}`);
  expect(ways).toEqual([
    'pending -> confirmed',
    'pending -> rejected',
    'pending -> releasing',
    'pending -> refunding',
    'confirmed -> refunding',
    'releasing -> rejected',
    'refunding -> cancelled',
  ]);
});

test('a total is exact up to the largest order that the contracts allow', () => {
  const price = { amountMinor: 1_000_000_000, currency: 'GBP' };
  const lines = Array.from({ length: 99 }, (_, index) => ({ sku: `S${index}`, quantity: 10_000, price }));
  expect(totalOf(lines)).toEqual({ amountMinor: 990_000_000_000_000, currency: 'GBP' });
});
