import { describe, expect, test } from '@jest/globals';
import { newOrder, type Order } from './order.ts';
import { fromCursor, refusalOf, toCursor, toPublic } from './order-view.ts';

const input = { lines: [{ sku: 'MUG', quantity: 1 }], paymentMethod: 'pm_secret' };
const order = newOrder({ customerId: 'ada', idempotencyKey: 'key', input }, Date.UTC(2026, 0, 2), 6000);
const { orderId } = order;

describe('what a customer sees of an order', () => {
  test('is nothing of how we run it or how it is paid', () => {
    expect(toPublic({ ...order, cancelRequested: true, chargeId: 'ch_1', shortLines: [] })).toEqual({
      orderId,
      status: 'pending',
      lines: input.lines,
      paymentId: orderId,
      createdAt: '2026-01-02T00:00:00.000Z',
    });
  });

  test('is a rejection while stock is on its way back', () => {
    expect(toPublic({ ...order, status: 'releasing' }).status).toBe('rejected');
  });
});

describe('the answer to a request that was not confirmed', () => {
  test.each<[Partial<Order>, string | undefined]>([
    [{}, undefined],
    [{ outcome: 'confirmed', status: 'cancelled' }, undefined],
    [{ outcome: 'cancelled', status: 'refunding' }, 'ORDER_CANCELLED'],
    [{ outcome: 'rejected', reason: 'payment_declined', status: 'releasing' }, 'ORDER_PAYMENT_DECLINED'],
    [{ outcome: 'rejected', reason: 'mixed_currency' }, 'ORDER_MIXED_CURRENCY'],
    [{ outcome: 'rejected', reason: 'not_for_sale' }, 'ORDER_NOT_FOR_SALE'],
  ])('comes from its outcome: %j', (found, code) => {
    expect(refusalOf({ ...order, ...found })?.kind.code).toBe(code);
  });

  test('names the lines that are short', () => {
    const shortLines = [{ sku: 'MUG', requested: 2, available: 1 }];
    const refusal = refusalOf({ ...order, outcome: 'rejected', reason: 'out_of_stock', shortLines });
    expect(refusal?.details.members).toEqual({ orderId, shortLines });
  });
});

describe('a cursor', () => {
  test('leads back to the place it was made of', () => {
    expect(fromCursor(toCursor(order))).toEqual({ createdAt: order.createdAt, orderId });
  });

  test.each(['', 'x', toCursor({ createdAt: -1, orderId }), toCursor({ createdAt: 1, orderId: 'ord_x' })])(
    'that was made up is refused: %s',
    (cursor) => {
      expect(fromCursor(cursor)).toBeUndefined();
    },
  );
});
