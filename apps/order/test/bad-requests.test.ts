import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { orderIdOf } from '../src/order-id.ts';
import { mugs, openShop, type Shop } from './shop.ts';

type Process = Awaited<ReturnType<Shop['start']>>;

let shop: Shop;
let process: Process;
let ada: ReturnType<Process['as']>;
beforeAll(async () => {
  shop = await openShop();
  process = await shop.start();
  ada = process.as('ada');
  shop.catalog.stock.set('MUG', 10);
});
afterAll(() => shop.close());

const line = { sku: 'MUG', quantity: 1 };
const invalid = { status: 400, body: { code: 'ORDER_INVALID_REQUEST' } };

describe('an order is refused, and nothing is stored,', () => {
  test.each([
    ['without lines', { ...mugs(), lines: [] }, '/body/lines'],
    ['with more than 99 lines', { ...mugs(), lines: many(100) }, '/body/lines'],
    ['with a product twice', { ...mugs(), lines: [line, { ...line, quantity: 2 }] }, '/body/lines/1/sku'],
    ['with a price', { ...mugs(), lines: [{ ...line, price: 1 }] }, '/body/lines/0'],
    ['with a quantity of 0', { ...mugs(), lines: [{ ...line, quantity: 0 }] }, '/body/lines/0/quantity'],
    ['with a quantity of 10,001', { ...mugs(), lines: [{ ...line, quantity: 10_001 }] }, '/body/lines/0/quantity'],
    ['with half a unit', { ...mugs(), lines: [{ ...line, quantity: 0.5 }] }, '/body/lines/0/quantity'],
    ['with a quantity in a string', { ...mugs(), lines: [{ ...line, quantity: '1' }] }, '/body/lines/0/quantity'],
    ['with a card number', { ...mugs(), paymentMethod: '4111111111111111' }, '/body/paymentMethod'],
    ['without a payment method', { lines: [line] }, '/body'],
    ['with an unknown member', { ...mugs(), coupon: 'SPRING' }, '/body'],
  ])('%s', async (_what, body, pointer) => {
    const key = crypto.randomUUID();
    const answer = await ada.place(body, key);
    expect(answer).toMatchObject(invalid);
    expect(answer.body.errors[0].pointer).toBe(pointer);
    expect(await shop.stored(orderIdOf('ada', key))).toBeUndefined();
  });

  test('without a key', async () => {
    const answer = await ada.send('POST', '/v1/orders', mugs());
    expect(answer).toMatchObject({ status: 400, body: { code: 'ORDER_IDEMPOTENCY_KEY_REQUIRED' } });
  });

  test.each(['two words', 'x'.repeat(256), 'caf\u00e9'])('with the key %s', async (key) => {
    expect(await ada.place(mugs(), key)).toMatchObject(invalid);
  });

  test('as broken JSON', async () => {
    expect(await ada.place('{"lines":')).toMatchObject(invalid);
  });

  test('without a token', async () => {
    const answer = await fetch(`${process.url}/v1/orders`, { method: 'POST' });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('Bearer');
  });
});

test('an order of 99 lines is taken', async () => {
  for (const { sku } of many(99)) shop.catalog.stock.set(sku, 1);
  expect((await ada.place({ ...mugs(), lines: many(99) })).status).toBe(201);
});

describe('a request is refused', () => {
  test.each([
    ['/v1/orders?limit=0', '/querystring/limit'],
    ['/v1/orders?limit=101', '/querystring/limit'],
    ['/v1/orders?page=2', '/querystring'],
    ['/v1/orders?cursor=made-up', '/querystring/cursor'],
    [`/v1/orders?cursor=${Buffer.from('["1","ord_x"]').toString('base64url')}`, '/querystring/cursor'],
    ['/v1/orders/ord_1', '/params/orderId'],
  ])('for %s', async (path, pointer) => {
    const answer = await ada.send('GET', path);
    expect(answer).toMatchObject(invalid);
    expect(answer.body.errors[0].pointer).toBe(pointer);
  });

  test('that cancels with a body', async () => {
    const { body } = await ada.place();
    expect(await ada.send('POST', `/v1/orders/${body.orderId}/cancellation`, { refund: 1 })).toMatchObject(invalid);
    expect((await ada.read(body.orderId)).body.status).toBe('confirmed');
  });
});

function many(count: number) {
  return Array.from({ length: count }, (_, index) => ({ sku: `PART-${index}`, quantity: 1 }));
}
