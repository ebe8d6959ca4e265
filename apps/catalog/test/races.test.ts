import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { startCatalog, type TestCatalog } from './catalog.fixture.ts';
import { newOrderId } from './stores.fixture.ts';

// Two hundred buyers keep a small machine busy for a while when it has other things to do.
jest.setTimeout(120_000);

let catalog: TestCatalog;
beforeEach(async () => {
  catalog = await startCatalog();
  await catalog.putProduct('MUG');
});
afterEach(() => catalog.stop());

const times = <T>(count: number, act: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => act(i));
const mug = [{ sku: 'MUG', quantity: 1 }];

/** Like the order service: a 503 leaves the outcome open, so the same request is sent again. */
async function holdUntilAnswered(orderId: string, lines = mug) {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await catalog.hold(orderId, lines);
    if (answer.status !== 503 || attempt === 20) return answer;
  }
}

describe('races', () => {
  test('two hundred orders for ten units: ten hold one each, the rest are refused', async () => {
    const answers = await Promise.all(times(200, () => holdUntilAnswered(newOrderId())));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(10);
    expect(statuses.filter((status) => status === 409)).toHaveLength(190);
    expect(await catalog.units('MUG')).toEqual({ received: 10, available: 0, held: 10 });
  });

  test('the same hold twenty times at once is one hold', async () => {
    const orderId = newOrderId();
    const answers = await Promise.all(times(20, () => holdUntilAnswered(orderId)));
    for (const { status, body } of answers) expect([status, body]).toEqual([200, answers[0]?.body]);
    expect(await catalog.units('MUG')).toEqual({ received: 10, available: 9, held: 1 });
  });

  test('a hold and its release at once leave nothing held', async () => {
    const orders = times(30, () => newOrderId());
    await Promise.all(orders.flatMap((orderId) => [catalog.hold(orderId, mug), catalog.release(orderId)]));
    expect(await catalog.units('MUG')).toEqual({ received: 10, available: 10, held: 0 });
    for (const orderId of orders) expect((await catalog.hold(orderId, mug)).body.reason).toBeDefined();
  });

  test('prices, deliveries, deletions and revivals change no unit of what is held and given back', async () => {
    await catalog.putProduct('POT', { received: 200 });
    await catalog.putProduct('CUP', { received: 200 });
    const lines = ['CUP', 'POT'].map((sku) => ({ sku, quantity: 3 }));
    const orders = times(60, () => newOrderId());
    const buying = orders.map(async (orderId, index) => {
      const { status } = await catalog.hold(orderId, lines);
      if (index % 2 === 0) await catalog.release(orderId);
      return status;
    });
    const managing = times(4, async (writer) => {
      for (let round = 0; round < 8; round += 1) {
        const price = { amountMinor: 100 + 10 * round + writer, currency: 'GBP' };
        await catalog.putProduct('POT', { price, received: 200 + round }, '*');
        await catalog.deleteProduct('POT', '*');
        await catalog.putProduct('POT', { price, received: 210 - round });
      }
    });
    const statuses = await Promise.all(buying);
    await Promise.all(managing);

    for (const sku of ['CUP', 'POT']) {
      const { received, available, held } = await catalog.units(sku);
      expect(available).toBeGreaterThanOrEqual(0);
      expect(available + held).toBe(received);
    }
    expect(statuses).toContain(200);
  });

  test('changes of the price alone refuse nobody', async () => {
    const repricing = (async () => {
      for (let amountMinor = 100; amountMinor < 120; amountMinor += 1) {
        await catalog.putProduct('MUG', { price: { amountMinor, currency: 'GBP' } }, '*');
      }
    })();
    const answers = await Promise.all(times(10, () => holdUntilAnswered(newOrderId())));
    await repricing;
    expect(answers.map(({ status }) => status)).toEqual(times(10, () => 200));
  });
});
