import { ProblemError } from '@shop/contracts/problem';
import { StorageUnavailable } from '@shop/dynamo';
import { PeerUnavailable } from '@shop/http-client';
import { cancelOrder } from '../../src/cancel-order.ts';
import type { Order, OrderRequest } from '../../src/order.ts';
import type { OpenOrder, OrderStore } from '../../src/order-store.ts';
import { refusalOf } from '../../src/order-view.ts';
import { placeOrder } from '../../src/place-order.ts';
import { recoverOrder } from '../../src/recovery.ts';
import { createSaga, type Pass, type Ports } from '../../src/saga.ts';
import type { Timing } from '../../src/timing.ts';
import type { Broken } from './mutants.ts';
import { ordersTable } from './orders-table.ts';
import { type Ask, catalog, payment } from './peers.ts';
import type { Io, Program } from './playback.ts';
import type { Effect } from './world.ts';

const timing: Timing = {
  leaseMs: 5000,
  passBudgetMs: 4000,
  answerBudgetMs: 2500,
  recoveryIntervalMs: 1000,
  recoveryPoolSize: 32,
  backoffBaseMs: 200,
  backoffCapMs: 20_000,
  parkedRetryMs: 600_000,
  drainMs: 20_000,
};
const DEADLINE = Number.MAX_SAFE_INTEGER;

export function toError(failure: 'storage' | 'peer'): Error {
  return failure === 'storage'
    ? new StorageUnavailable('no answer')
    : new PeerUnavailable('peer', 'timeout', { sent: true });
}

export type Programs = ReturnType<typeof createPrograms>;

/** The service's own code, on ports that turn each call into a request of the explorer. */
export function createPrograms(broken: Broken) {
  const orders = ordersTable(broken);
  const stock = catalog(broken);
  const money = payment(broken);

  return {
    place: (name: string, request: OrderRequest): Program =>
      service(name, 0, async ({ io, now, store, saga, passes }) => {
        try {
          const { order } = await placeOrder(request, { store, saga, timing, now }, DEADLINE);
          const status = order.outcome === 'confirmed' ? '201' : (refusalOf(order)?.kind.code ?? '202');
          io.tell(`${order.orderId} placed ${status}`);
        } catch (error) {
          io.tell(`placing failed ${error instanceof ProblemError ? error.kind.code : error}`);
        }
        await Promise.all(passes.map(({ end }) => end));
      }),

    cancel: (name: string, own: { customerId: string; orderId: string }): Program =>
      service(name, 2000, async ({ io, now, store, saga }) => {
        const accept = () => io.tell(`${own.orderId} cancellation accepted`);
        // The answer budget may end at any moment from the first write on, so that is when the customer may hear of it.
        const start = (order: Order) => {
          accept();
          return saga.start(order);
        };
        try {
          await cancelOrder(own, { store, saga: { start }, timing, now }, DEADLINE);
          accept();
        } catch (error) {
          const code = error instanceof ProblemError ? error.kind.code : String(error);
          if (!(error instanceof StorageUnavailable)) io.tell(`${own.orderId} cancellation ${code}`);
        }
      }),

    recover: (seen: OpenOrder, now: number): Program =>
      service(`recover ${seen.orderId} ${seen.dueAt} ${now}`, now, async ({ store, saga, observer, now }) => {
        await recoverOrder(seen, { store, saga, timing, observer, now });
      }),

    /** An effect whose sender no longer waits for it. */
    stray: (name: string, label: string, effect: Effect<unknown>): Program => ({
      name: `stray ${name}`,
      run: ({ request }) => request({ kind: 'effect', label, effect }),
    }),
  };

  type Means = {
    io: Io;
    now: () => number;
    store: OrderStore;
    saga: ReturnType<typeof createSaga>;
    passes: Pass[];
    observer: ReturnType<typeof observerOf>;
  };

  function service(name: string, clock: number, run: (means: Means) => Promise<void>): Program {
    return {
      name,
      run: async (io) => {
        const now = () => clock;
        const ports = portsOf(io, name);
        const observer = observerOf(io);
        const passes: Pass[] = [];
        const saga = createSaga({ ports, timing, observer, now, random: () => 0.5 });
        const start = (order: Order) => {
          const pass = saga.start(order);
          passes.push(pass);
          return pass;
        };
        await run({ io, now, store: ports.store, saga: { ...saga, start }, passes, observer });
      },
    };
  }

  function portsOf(io: Io, name: string): Ports & { store: OrderStore } {
    let writes = 0;
    const writer = () => {
      writes += 1;
      return `${name} ${writes}`;
    };
    const ask: Ask = <Reply>(label: string, effect: Effect<Reply>) =>
      io.request({ kind: 'effect', label, effect }) as Promise<Reply>;
    const call = <Reply>(label: string, run: (ask: Ask) => Promise<Reply>) =>
      io.request({
        kind: 'call',
        label,
        callee: { name: label, run: (callee) => run(askOf(callee)) },
      }) as Promise<Reply>;

    return {
      store: {
        create: (order) => ask('order.create', orders.create({ ...order, writer: writer() })),
        save: (move, order) => ask(`order.${move}`, orders.save(move, { ...order, writer: writer() })),
        lease: (seen, until) => ask('order.lease', orders.lease(seen, until, writer())),
        get: (orderId) => ask('order.get', orders.get(orderId)),
        listOpen: () => Promise.reject(new Error('the explorer looks itself')),
        listByCustomer: () => Promise.reject(new Error('the explorer lists nothing')),
      },
      reserve: ({ orderId, lines: [line] }) =>
        call(`reserve ${orderId}`, (ask) => stock.reserve(ask, orderId, line?.quantity ?? 0)),
      release: ({ orderId }) => call(`release ${orderId}`, (ask) => stock.release(ask, orderId)),
      charge: ({ orderId, paymentMethod }, { amountMinor }) => {
        const method = paymentMethod !== undefined;
        return call(`charge ${orderId} ${amountMinor} ${method}`, (ask) =>
          money.charge(ask, orderId, amountMinor, method),
        );
      },
      refund: ({ orderId, paymentMethod }) => {
        const method = paymentMethod !== undefined;
        return call(`refund ${orderId} ${method}`, (ask) => money.refund(ask, orderId, method));
      },
    };
  }
}

function askOf({ request }: Io): Ask {
  return <Reply>(label: string, effect: Effect<Reply>) => request({ kind: 'effect', label, effect }) as Promise<Reply>;
}

/** A pass may fail because somebody is away, and for no other reason. */
function observerOf(io: Io) {
  const failed = (error: unknown) => {
    if (!(error instanceof StorageUnavailable || error instanceof PeerUnavailable)) io.tell(`BUG ${error}`);
  };
  return {
    moved() {},
    parked() {},
    open() {},
    recovering() {},
    recoveryFailed: failed,
    failed: (_order: Order, error: unknown) => failed(error),
  };
}
