import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startCatalog, type TestCatalog } from './catalog.fixture.ts';
import { newOrderId, productInput } from './stores.fixture.ts';

let catalog: TestCatalog;
beforeEach(async () => {
  catalog = await startCatalog();
});
afterEach(() => catalog.stop());

describe('PUT /v1/products/{sku}', () => {
  test('creates a product with all its units available', async () => {
    const created = await catalog.putProduct('MUG');
    expect(created.status).toBe(201);
    expect(created.headers.etag).toBe('"1-10"');
    expect(created.body).toEqual({ sku: 'MUG', ...productInput(), available: 10 });
    const read = await catalog.http.get('/v1/products/MUG');
    expect(read.status).toBe(200);
    expect(read.body).toEqual(created.body);
  });

  test('changes the product whose version If-Match names, also after a sale', async () => {
    const { headers } = await catalog.putProduct('MUG');
    await catalog.hold(newOrderId(), [{ sku: 'MUG', quantity: 3 }]);
    const changed = await catalog.putProduct('MUG', { name: 'Green mug', received: 20 }, headers.etag);
    expect(changed.status).toBe(200);
    expect(changed.headers.etag).toBe('"2-17"');
    expect(changed.body).toMatchObject({ name: 'Green mug', received: 20, available: 17 });
  });

  test('refuses an old ETag, and a creation of what exists, with 412', async () => {
    const { headers } = await catalog.putProduct('MUG');
    await catalog.putProduct('MUG', { name: 'Green mug' }, headers.etag);
    for (const refused of [
      await catalog.putProduct('MUG', { name: 'Red mug' }, headers.etag),
      await catalog.putProduct('MUG', { name: 'Red mug' }),
      await catalog.putProduct('POT', {}, '*'),
    ]) {
      expect(refused.status).toBe(412);
      expect(refused.body.code).toBe('CATALOG_PRECONDITION_FAILED');
    }
    expect((await catalog.http.get('/v1/products/MUG')).body.name).toBe('Green mug');
    expect((await catalog.http.get('/v1/products/POT')).status).toBe(404);
  });

  test('wants to know what the writer expects: 428', async () => {
    const authorization = await catalog.bearer();
    const answer = await catalog.http.put('/v1/products/MUG').set({ authorization }).send(productInput());
    expect(answer.status).toBe(428);
    expect(answer.body.code).toBe('CATALOG_PRECONDITION_REQUIRED');
    expect((await catalog.http.get('/v1/products/MUG')).status).toBe(404);
  });

  test('lets one of several writers with the same ETag through, and one of several creators', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const created = await Promise.all(names.map((name) => catalog.putProduct('MUG', { name })));
    expect(created.map(({ status }) => status).sort()).toEqual([201, 412, 412, 412, 412]);
    const changed = await Promise.all(names.map((name) => catalog.putProduct('MUG', { name }, '"1-10"')));
    expect(changed.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412]);
  });

  test('lets every writer with If-Match: * through, one after the other', async () => {
    await catalog.putProduct('MUG');
    const changed = await Promise.all([11, 12, 13, 14].map((received) => catalog.putProduct('MUG', { received }, '*')));
    expect(changed.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const { received, available } = await catalog.units('MUG');
    expect(available).toBe(received);
    expect((await catalog.http.get('/v1/products/MUG')).headers.etag).toBe(`"5-${available}"`);
  });

  test('cannot take units away that are held or sold', async () => {
    await catalog.putProduct('MUG');
    await catalog.hold(newOrderId(), [{ sku: 'MUG', quantity: 3 }]);
    const refused = await catalog.putProduct('MUG', { received: 2 }, '"1-10"');
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ code: 'CATALOG_STOCK_TOO_LOW', detail: '3 units are held or sold.' });
    expect(await catalog.units('MUG')).toEqual({ received: 10, available: 7, held: 3 });
    expect((await catalog.putProduct('MUG', { received: 3 }, '"1-10"')).body.available).toBe(0);
  });

  test('answers like the first time when the answer of its write was lost', async () => {
    catalog.proxy.inject({ operation: 'UpdateItem', table: catalog.names.products, fault: 'lose-answer', times: 2 });
    expect((await catalog.putProduct('MUG')).status).toBe(201);
    catalog.proxy.inject({ operation: 'UpdateItem', fault: 'conflict', times: 3 });
    expect((await catalog.putProduct('MUG', { received: 12 }, '"1-10"')).headers.etag).toBe('"2-12"');
  });
});

describe('DELETE /v1/products/{sku}', () => {
  test('takes the product out of the shop, and If-None-Match: * brings it back with its units', async () => {
    await catalog.putProduct('MUG');
    await catalog.hold(newOrderId(), [{ sku: 'MUG', quantity: 3 }]);
    expect((await catalog.deleteProduct('MUG', '"1-10"')).status).toBe(204);
    expect((await catalog.http.get('/v1/products/MUG')).status).toBe(404);
    expect((await catalog.http.get('/v1/products?category=kitchen')).body.items).toEqual([]);
    expect((await catalog.deleteProduct('MUG', '"2-7"')).status).toBe(404);
    expect((await catalog.putProduct('MUG', {}, '"2-7"')).status).toBe(412);

    const revived = await catalog.putProduct('MUG', { received: 11 });
    expect(revived.status).toBe(201);
    expect(revived.headers.etag).toBe('"3-8"');
    expect(await catalog.units('MUG')).toEqual({ received: 11, available: 8, held: 3 });
    expect((await catalog.http.get('/v1/products?category=kitchen')).body.items).toHaveLength(1);
  });

  test('expects the version that If-Match names', async () => {
    await catalog.putProduct('MUG');
    await catalog.putProduct('MUG', { name: 'Green mug' }, '"1-10"');
    expect((await catalog.deleteProduct('MUG', '"1-10"')).status).toBe(412);
    const authorization = await catalog.bearer();
    expect((await catalog.http.delete('/v1/products/MUG').set({ authorization })).status).toBe(428);
    expect((await catalog.http.get('/v1/products/MUG')).status).toBe(200);
  });

  test('of an unknown product is a 404', async () => {
    const answer = await catalog.deleteProduct('MUG', '*');
    expect(answer.status).toBe(404);
    expect(answer.body.code).toBe('CATALOG_PRODUCT_NOT_FOUND');
  });
});

describe('the admin’s routes', () => {
  test('are closed to everyone else, before the body is looked at', async () => {
    await catalog.putProduct('MUG');
    const customer = await catalog.bearer({ scope: 'openid' });
    for (const method of ['put', 'delete'] as const) {
      const anonymous = await catalog.http[method]('/v1/products/MUG').set('if-match', '*').send({ rubbish: true });
      expect([anonymous.status, anonymous.body.code]).toEqual([401, 'CATALOG_UNAUTHENTICATED']);
      expect(anonymous.headers['www-authenticate']).toContain('Bearer');
      const refused = await catalog.http[method]('/v1/products/MUG')
        .set({ authorization: customer, 'if-match': '*' })
        .send(productInput({ name: 'Stolen mug' }));
      expect([refused.status, refused.body.code]).toEqual([403, 'CATALOG_FORBIDDEN']);
    }
    expect((await catalog.http.get('/v1/products/MUG')).body.name).toBe('Blue mug');
  });

  test('are open to the scope that is configured, and to no other', async () => {
    const renamed = await startCatalog({ settings: { ADMIN_SCOPE: 'shop/admin' } });
    const put = async (scope: string) => {
      const headers = { authorization: await renamed.bearer({ scope }), 'if-none-match': '*' };
      return (await renamed.http.put('/v1/products/MUG').set(headers).send(productInput())).status;
    };
    expect([await put('openid shop:admin'), await put('openid shop/admin')]).toEqual([403, 201]);
    await renamed.stop();
  });
});

describe('GET /v1/products/{sku}', () => {
  test('says how long it may be kept, and answers 304 to who has it', async () => {
    await catalog.putProduct('MUG');
    const { headers } = await catalog.http.get('/v1/products/MUG');
    expect(headers['cache-control']).toBe('max-age=1');
    const known = await catalog.http.get('/v1/products/MUG').set('if-none-match', headers.etag ?? '');
    expect([known.status, known.text]).toEqual([304, '']);
    expect(known.headers.etag).toBe(headers.etag);
    expect((await catalog.http.get('/v1/products/MUG').set('if-none-match', '"1-9"')).status).toBe(200);
  });

  test('is a 404 for what is unknown', async () => {
    const answer = await catalog.http.get('/v1/products/GHOST');
    expect([answer.status, answer.body.code]).toEqual([404, 'CATALOG_PRODUCT_NOT_FOUND']);
  });

  test('is a 503 with Retry-After while the table cannot be asked', async () => {
    catalog.proxy.inject({ fault: 'server-error', times: Number.POSITIVE_INFINITY });
    const answer = await catalog.http.get('/v1/products/MUG');
    expect([answer.status, answer.body.code]).toEqual([503, 'CATALOG_UNAVAILABLE']);
    expect(answer.headers['retry-after']).toBeDefined();
  });
});
