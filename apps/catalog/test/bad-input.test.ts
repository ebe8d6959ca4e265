import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startCatalog, type TestCatalog } from './catalog.fixture.ts';
import { newOrderId, productInput } from './stores.fixture.ts';

// One service for all: every request here is refused, and the last test proves that nothing was stored.
let catalog: TestCatalog;
let authorization: string;
beforeAll(async () => {
  catalog = await startCatalog();
  authorization = await catalog.bearer();
});
afterAll(() => catalog.stop());

const INVALID = 'CATALOG_INVALID_REQUEST';

describe('GET /v1/products', () => {
  test.each([
    ['no category', ''],
    ['a category that cannot be', 'category=Kitchen%20sink'],
    ['an unknown order', 'category=kitchen&sort=stock'],
    ['a page of none', 'category=kitchen&limit=0'],
    ['a page of too many', 'category=kitchen&limit=101'],
    ['a limit that is no number', 'category=kitchen&limit=many'],
    ['a parameter that it does not know', 'category=kitchen&colour=blue'],
    ['a parameter twice', 'category=kitchen&category=garden'],
    ['an endless cursor', `category=kitchen&cursor=${'a'.repeat(3000)}`],
  ])('refuses %s', async (_, query) => {
    const { status, body } = await catalog.http.get(`/v1/products?${query}`);
    expect([status, body.code]).toEqual([400, INVALID]);
    expect(body.errors.length).toBeGreaterThan(0);
  });
});

describe('GET /v1/products/{sku}', () => {
  test.each(['%23categories', 'a%20b', '-x', 'x'.repeat(65), '%00', '..%2F..'])('refuses %s', async (sku) => {
    const { status, body } = await catalog.http.get(`/v1/products/${sku}`);
    expect([status, body.code]).toEqual([400, INVALID]);
  });
});

describe('PUT /v1/products/{sku}', () => {
  const good = productInput();
  const put = (sku = 'MUG') => catalog.http.put(`/v1/products/${sku}`).set({ authorization, 'if-none-match': '*' });

  test.each<[string, object]>([
    ['an empty object', {}],
    ['a list', []],
    ['a missing name', { ...good, name: undefined }],
    ['an empty name', { ...good, name: '' }],
    ['a name of 201 characters', { ...good, name: 'n'.repeat(201) }],
    ['a name that is a number', { ...good, name: 7 }],
    ['a description of 2001 characters', { ...good, description: 'd'.repeat(2001) }],
    ['a category with capitals', { ...good, category: 'Kitchen' }],
    ['a price of nothing', { ...good, price: { amountMinor: 0, currency: 'GBP' } }],
    ['a price with a fraction', { ...good, price: { amountMinor: 8.5, currency: 'GBP' } }],
    ['a price in a string', { ...good, price: { amountMinor: '850', currency: 'GBP' } }],
    ['a price beyond the largest', { ...good, price: { amountMinor: 1_000_000_001, currency: 'GBP' } }],
    ['a currency that does not exist', { ...good, price: { amountMinor: 850, currency: 'GBX' } }],
    ['a price with a third member', { ...good, price: { amountMinor: 850, currency: 'GBP', tax: 1 } }],
    ['fewer than no units', { ...good, received: -1 }],
    ['half a unit', { ...good, received: 0.5 }],
    ['units in a string', { ...good, received: '10' }],
    ['null units', { ...good, received: null }],
    ['a stock of its own', { ...good, available: 10 }],
    ['an unknown member', { ...good, colour: 'blue' }],
  ])('refuses %s', async (_, body) => {
    const answer = await put().send(body);
    expect([answer.status, answer.body.code]).toEqual([400, INVALID]);
    expect(answer.body.errors[0].pointer).toMatch(/^\/body/);
  });

  test('refuses a SKU that cannot be, or that could not be read', async () => {
    expect((await put('categories').send(good)).status).toBe(400);
    expect((await put('%23categories').send(good)).status).toBe(400);
    expect((await put('a%20b').send(good)).status).toBe(400);
  });

  test('refuses what is no JSON, what is empty, and another content type', async () => {
    const json = 'application/json';
    expect((await put().set('content-type', json).send('{"name":')).status).toBe(400);
    expect((await put().set('content-type', json).send('')).status).toBe(400);
    const xml = await put().set('content-type', 'application/xml').send('<product/>');
    expect([xml.status, xml.body.code]).toEqual([415, 'CATALOG_UNSUPPORTED_MEDIA_TYPE']);
  });

  test('refuses a body that is too large', async () => {
    const answer = await put().send({ ...good, description: 'd'.repeat(100_000) });
    expect([answer.status, answer.body.code]).toEqual([413, 'CATALOG_PAYLOAD_TOO_LARGE']);
  });

  test('refuses tokens that are not ours', async () => {
    const tokens = [
      await catalog.bearer({ aud: 'another-shop' }),
      await catalog.bearer({ iss: 'https://elsewhere.test' }),
      await catalog.bearer({ exp: 1 }),
      await catalog.bearer().then((token) => `${token}x`),
      'Bearer rubbish',
      'Basic YWRhOmFkYQ==',
    ];
    for (const token of tokens) {
      const answer = await catalog.http.put('/v1/products/MUG').set('authorization', token).send(good);
      expect([answer.status, answer.body.code]).toEqual([401, 'CATALOG_UNAUTHENTICATED']);
    }
  });
});

describe('the reservations', () => {
  const line = { sku: 'MUG', quantity: 1 };

  test.each<[string, object]>([
    ['no lines', {}],
    ['an empty list of lines', { lines: [] }],
    ['a hundred lines', { lines: Array.from({ length: 100 }, (_, index) => ({ sku: `M-${index}`, quantity: 1 })) }],
    ['no quantity', { lines: [{ sku: 'MUG' }] }],
    ['a quantity of none', { lines: [{ ...line, quantity: 0 }] }],
    ['too large a quantity', { lines: [{ ...line, quantity: 10_001 }] }],
    ['a quantity with a fraction', { lines: [{ ...line, quantity: 1.5 }] }],
    ['a price', { lines: [{ ...line, price: { amountMinor: 1, currency: 'GBP' } }] }],
    ['a SKU that cannot be', { lines: [{ ...line, sku: '#categories' }] }],
    ['an unknown member', { lines: [line], priority: 1 }],
  ])('refuse %s', async (_, body) => {
    const answer = await catalog.http.put(`/internal/reservations/${newOrderId()}`).send(body);
    expect([answer.status, answer.body.code]).toEqual([400, INVALID]);
  });

  test.each(['ord_x', 'ord_AAAAAAAAAAAAAAAAAAAAAAAAAA', 'x'])('refuse the order id %s', async (orderId) => {
    expect((await catalog.hold(orderId, [line])).status).toBe(400);
    expect((await catalog.release(orderId)).status).toBe(400);
  });
});

test('a method or an address that is not there is a problem too', async () => {
  const method = await catalog.http.post('/v1/products/MUG').send({});
  expect([method.status, method.body.code]).toEqual([405, 'CATALOG_METHOD_NOT_ALLOWED']);
  const address = await catalog.http.get('/v1/nothing');
  expect([address.status, address.body.code]).toEqual([404, 'CATALOG_ROUTE_NOT_FOUND']);
});

test('none of it was stored', async () => {
  const calls = catalog.proxy.calls().map(({ operation }) => operation);
  expect(calls.filter((operation) => /Update|Put|Transact/.test(operation))).toEqual([]);
});
