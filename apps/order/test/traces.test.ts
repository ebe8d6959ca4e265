import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { trace } from '@opentelemetry/api';
import type { Service } from '@shop/service';
import { until } from '@shop/testing/until';
import { newOrder } from '../src/order.ts';
import { startCollector } from './collector.ts';
import { mugs, openShop, type Shop } from './shop.ts';

let collector: Awaited<ReturnType<typeof startCollector>>;
let shop: Shop;
beforeEach(async () => {
  [shop, collector] = await Promise.all([openShop(), startCollector()]);
  shop.catalog.stock.set('MUG', 100);
});
afterEach(async () => {
  await shop.close();
  collector.close();
});

/** The service's lines from now on, each with the trace that is active while it is written, as the logger sees it. */
function listen({ log }: Service) {
  const lines: { text: string; traceId: string | undefined }[] = [];
  log.info = (_fields: unknown, text?: string) => {
    lines.push({ text: text ?? '', traceId: trace.getActiveSpan()?.spanContext().traceId });
  };
  return lines;
}

/** The spans of a trace in alphabetical order, without the prefix that a test's table has. */
const namesIn = (traceId: string | undefined) =>
  collector.spans
    .filter((span) => span.traceId === traceId)
    .map(({ name }) => name.replace(/ \w+-orders$/, ' orders'))
    .sort();

test('a recovered order is one trace with its lines, and looking for orders is none', async () => {
  const process = await shop.start({}, { tracesTo: collector.url });
  const lines = listen(process.service);
  const request = { customerId: 'ada', idempotencyKey: 'key', input: mugs() };
  const order = newOrder(request, Date.now() - 6000, Date.now() - 1000);
  await shop.store.create(order, Date.now() + 1000);
  await until('the order is confirmed', () => shop.stored(order.orderId), {
    fits: ({ status }) => status === 'confirmed',
  });
  await process.stop();

  const traceId = lines[0]?.traceId;
  expect(namesIn(traceId)).toEqual([
    'GetItem orders',
    'PUT /internal/payments/:orderId',
    'PUT /internal/reservations/:orderId',
    'PutItem orders',
    'UpdateItem orders',
    'recover order',
  ]);
  expect(lines).toEqual([
    { text: 'order taken up again', traceId },
    { text: 'order pending -> confirmed', traceId },
  ]);
  expect(collector.spans.filter(({ name }) => name.startsWith('Query'))).toEqual([]);
});

test('a pass that goes on behind a 202 stays in the trace of its request', async () => {
  const process = await shop.start({ ANSWER_BUDGET_MS: 500 }, { tracesTo: collector.url });
  const lines = listen(process.service);
  const gate = Promise.withResolvers<undefined>();
  shop.payment.scripts.charge = () => gate.promise;
  expect((await process.as('ada').place()).status).toBe(202);
  gate.resolve(undefined);
  await process.stop();

  const { traceId } = collector.spans.find(({ name }) => name === 'POST /v1/orders') ?? {};
  expect(namesIn(traceId)).toEqual([
    'POST /v1/orders',
    'PUT /internal/payments/:orderId',
    'PUT /internal/reservations/:orderId',
    'PutItem orders',
    'PutItem orders',
  ]);
  expect(lines).toContainEqual({ text: 'order pending -> confirmed', traceId });
});
