import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Reservation, ReservationRefused, ReservationReleased } from '@shop/contracts/reservation';
import type { TSchema } from 'typebox';
import Value from 'typebox/value';
import { startCatalog, type TestCatalog } from './catalog.fixture.ts';
import { newOrderId } from './stores.fixture.ts';

let catalog: TestCatalog;
beforeEach(async () => {
  catalog = await startCatalog();
  await catalog.putProduct('MUG');
  await catalog.putProduct('POT', { received: 3 });
});
afterEach(() => catalog.stop());

const mugs = (quantity: number) => [{ sku: 'MUG', quantity }];

/** What in a body does not fit the contract that its reader checks it by. */
function faults(contract: TSchema, body: unknown) {
  return [...Value.Errors(contract, body)];
}

describe('PUT /internal/reservations/{orderId}', () => {
  test('answers with the lines held and their prices', async () => {
    const orderId = newOrderId();
    const { status, body } = await catalog.hold(orderId, mugs(2));
    expect(status).toBe(200);
    const price = { amountMinor: 850, currency: 'GBP' };
    expect(body).toEqual({ orderId, status: 'held', lines: [{ sku: 'MUG', quantity: 2, price }] });
    expect(faults(Reservation, body)).toEqual([]);
  });

  test('answers with the reason and the short lines', async () => {
    const { status, body, headers } = await catalog.hold(newOrderId(), [...mugs(11), { sku: 'POT', quantity: 1 }]);
    expect(status).toBe(409);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(body).toMatchObject({
      code: 'CATALOG_OUT_OF_STOCK',
      reason: 'out_of_stock',
      shortLines: [{ sku: 'MUG', requested: 11, available: 10 }],
    });
    expect(faults(ReservationRefused, body)).toEqual([]);
  });

  test('tells the other refusals apart by their codes', async () => {
    await catalog.putProduct('POT', { price: { amountMinor: 1, currency: 'EUR' }, received: 3 }, '*');
    const mixed = await catalog.hold(newOrderId(), [...mugs(1), { sku: 'POT', quantity: 1 }]);
    expect([mixed.status, mixed.body.code, mixed.body.shortLines]).toEqual([409, 'CATALOG_MIXED_CURRENCY', []]);

    const unknown = await catalog.hold(newOrderId(), [...mugs(1), { sku: 'GHOST', quantity: 1 }]);
    expect([unknown.status, unknown.body.code]).toEqual([409, 'CATALOG_NOT_FOR_SALE']);
    expect(unknown.body.shortLines).toEqual([{ sku: 'GHOST', requested: 1, available: 0 }]);

    const orderId = newOrderId();
    await catalog.release(orderId);
    const late = await catalog.hold(orderId, mugs(1));
    expect([late.status, late.body.code, late.body.reason]).toEqual([409, 'CATALOG_RELEASED', 'released']);
    for (const { body } of [mixed, unknown, late]) expect(faults(ReservationRefused, body)).toEqual([]);
  });

  test('with other lines for an order that holds is a 422 and changes nothing', async () => {
    const orderId = newOrderId();
    await catalog.hold(orderId, mugs(2));
    const { status, body } = await catalog.hold(orderId, mugs(3));
    expect([status, body.code]).toEqual([422, 'CATALOG_RESERVATION_DIFFERS']);
    expect(await catalog.units('MUG')).toEqual({ received: 10, available: 8, held: 2 });
  });

  test('under contention says to try again, within the time that the caller has', async () => {
    catalog.proxy.inject({ operation: 'TransactWriteItems', fault: 'conflict', times: Number.POSITIVE_INFINITY });
    const orderId = newOrderId();
    const busy = await catalog.hold(orderId, mugs(1)).set('x-request-timeout-ms', '300');
    expect([busy.status, busy.body.code]).toEqual([503, 'CATALOG_UNAVAILABLE']);
    expect(busy.headers['retry-after']).toBeDefined();
    catalog.proxy.clear();
    expect((await catalog.hold(orderId, mugs(1))).status).toBe(200);
  });

  test('takes each SKU once', async () => {
    const { status, body } = await catalog.hold(newOrderId(), [...mugs(1), { sku: 'POT', quantity: 1 }, ...mugs(2)]);
    expect([status, body.code]).toEqual([400, 'CATALOG_INVALID_REQUEST']);
    expect(body.errors).toEqual([{ pointer: '/body/lines/2/sku', detail: expect.any(String) }]);
  });

  test('holds 99 lines, the most that an order can have', async () => {
    const skus = Array.from({ length: 99 }, (_, index) => `S-${index}`);
    for (const sku of skus) await catalog.putProduct(sku, { received: 1 });
    const lines = skus.map((sku) => ({ sku, quantity: 1 }));
    const orderId = newOrderId();
    expect((await catalog.hold(orderId, lines)).status).toBe(200);
    expect((await catalog.release(orderId)).status).toBe(200);
    expect(await catalog.units('S-98')).toEqual({ received: 1, available: 1, held: 0 });
    expect((await catalog.hold(newOrderId(), [...lines, ...mugs(1)])).status).toBe(400);
  });
});

describe('DELETE /internal/reservations/{orderId}', () => {
  test('answers the same whether something was held, nothing, or nothing any more', async () => {
    const orderId = newOrderId();
    await catalog.hold(orderId, mugs(2));
    for (const id of [orderId, orderId, newOrderId()]) {
      const { status, body } = await catalog.release(id);
      expect([status, body]).toEqual([200, { orderId: id, status: 'released' }]);
      expect(faults(ReservationReleased, body)).toEqual([]);
    }
    expect(await catalog.units('MUG')).toEqual({ received: 10, available: 10, held: 0 });
  });
});

test('the outcomes of reservations are counted', async () => {
  const orderId = newOrderId();
  await catalog.hold(orderId, mugs(2));
  await catalog.hold(orderId, mugs(2));
  await catalog.hold(newOrderId(), mugs(99));
  await catalog.release(orderId);
  await catalog.hold(orderId, mugs(2));
  const { text } = await catalog.http.get('/metrics');
  for (const outcome of ['held', 'repeated', 'refused_out_of_stock', 'returned', 'refused_released']) {
    expect(text).toMatch(new RegExp(`reservations_total\\{[^}]*outcome="${outcome}"[^}]*\\} 1`));
  }
});
