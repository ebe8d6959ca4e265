import { context, ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { OPEN_SHARDS } from './order.ts';
import type { OrderObserver } from './order-observer.ts';
import type { OpenOrder, OrderStore } from './order-store.ts';
import type { Saga } from './saga.ts';
import { leaseMsOf, type Timing } from './timing.ts';

type Means = {
  store: Pick<OrderStore, 'get' | 'lease' | 'listOpen'>;
  saga: Pick<Saga, 'start'>;
  timing: Timing;
  observer: Pick<OrderObserver, 'open' | 'recovering' | 'recoveryFailed'>;
  now?: () => number;
  random?: () => number;
};

export type Recovery = { start(): void; stop(): void };

/**
 * Finishes orders whose process died, hung or gave up. Every task of the service looks for due orders all the time; the
 * lease decides who gets one. Looking never waits for the passes it has begun, so one that hangs holds up nothing.
 */
export function createRecovery(means: Means): Recovery {
  const { store, timing, observer, now = Date.now, random = Math.random } = means;
  let timer: NodeJS.Timeout | undefined;
  let stopped = true;
  let busy = 0;
  let due: OpenOrder[] = [];

  return {
    start() {
      stopped = false;
      schedule();
    },
    stop() {
      stopped = true;
      due = [];
      clearTimeout(timer);
    },
  };

  function schedule(): void {
    if (stopped) return;
    timer = setTimeout(() => void look().then(schedule), timing.recoveryIntervalMs * (0.5 + random())).unref();
  }

  async function look(): Promise<void> {
    try {
      const deadlineAt = now() + LOOK_MS;
      const open = (await context.with(untraced, () => listOpen(deadlineAt))).flat();
      observer.open(open);
      if (stopped) return;
      due = shuffle(
        open.filter(({ dueAt }) => dueAt < now()),
        random,
      );
      fillPool();
    } catch (error) {
      observer.recoveryFailed(error);
    }
  }

  function listOpen(deadlineAt: number): Promise<OpenOrder[][]> {
    return Promise.all(OPEN_SHARDS.map((shard) => store.listOpen(shard, deadlineAt)));
  }

  function fillPool(): void {
    while (busy < timing.recoveryPoolSize) {
      const next = due.pop();
      if (!next) return;
      busy += 1;
      void recoverTraced(next, means).finally(() => {
        busy -= 1;
        fillPool();
      });
    }
  }
}

/** The lines and calls of a recovered order are one trace, whose root this is. It never fails. */
function recoverTraced(seen: OpenOrder, means: Means): Promise<void> {
  const options = { root: true, attributes: { 'shop.order_id': seen.orderId } };
  return trace.getTracer('@shop/order').startActiveSpan('recover order', options, async (span) => {
    try {
      await recoverOrder(seen, means);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      means.observer.recoveryFailed(error);
    } finally {
      span.end();
    }
  });
}

/** One pass over an order that was seen to be due, unless another process has it meanwhile. */
export async function recoverOrder(
  seen: OpenOrder,
  { store, saga, timing, observer, now = Date.now }: Means,
): Promise<void> {
  const deadlineAt = now() + TAKE_MS;
  const order = await store.get(seen.orderId, deadlineAt);
  if (order?.dueAt !== seen.dueAt) return;
  const leased = await store.lease(seen, now() + leaseMsOf(order.attempt + 1, timing), deadlineAt);
  if (!leased) return;
  observer.recovering(leased);
  await saga.start(leased).end;
}

const LOOK_MS = 2000;
const TAKE_MS = 1000;

/** Every look at the index would otherwise begin a trace for each shard. */
const untraced = suppressTracing(ROOT_CONTEXT);

/** Tasks that see the same list should not all begin with the same order (Fisher-Yates). */
function shuffle<Item>(items: readonly Item[], random: () => number): Item[] {
  const shuffled = [...items];
  for (let end = shuffled.length - 1; end > 0; end -= 1) {
    const other = Math.floor(random() * (end + 1));
    [shuffled[end], shuffled[other]] = [shuffled[other] as Item, shuffled[end] as Item];
  }
  return shuffled;
}
