import type { Money } from '@shop/contracts/money';
import type { ReserveReply } from './catalog-client.ts';
import { type Findings, isOpen, type MoveName, moveOrder, type OpenStatus, type Order, totalOf } from './order.ts';
import type { OrderObserver } from './order-observer.ts';
import type { OrderStore, Saved } from './order-store.ts';
import { type ChargeReply, isRefusedByOurFault } from './payment-client.ts';
import { backoffMsOf, callDeadline, type Timing } from './timing.ts';
import { within } from './within.ts';

/** All that a pass asks for. Each is idempotent by the order's id, so that any process may repeat it at any time. */
export type Ports = {
  store: Pick<OrderStore, 'get' | 'save'>;
  reserve(order: Order, deadlineAt: number): Promise<ReserveReply>;
  release(order: Order, deadlineAt: number): Promise<void>;
  charge(order: Order, amount: Money, deadlineAt: number): Promise<ChargeReply>;
  refund(order: Order, deadlineAt: number): Promise<void>;
};

/** One run over an order, begun by the holder of its lease. Neither promise ever fails. */
export type Pass = {
  /** The order as last written. */
  order: Order;
  /** The order as soon as its outcome is recorded, or as the pass leaves it. */
  outcome: Promise<Order>;
  /** The order as the pass leaves it. */
  end: Promise<Order>;
};

export type Saga = ReturnType<typeof createSaga>;

export type SagaOptions = {
  ports: Ports;
  timing: Timing;
  observer: Pick<OrderObserver, 'moved' | 'failed' | 'parked'>;
  now?: () => number;
  random?: () => number;
};

/** Runs passes. An order whose pass fails is put back into the index, due after a wait, for any process to take. */
export function createSaga({ ports, timing, observer, now = Date.now, random = Math.random }: SagaOptions) {
  const running = new Set<Pass>();

  return {
    start(order: Order): Pass {
      const outcome = Promise.withResolvers<Order>();
      const end = Promise.withResolvers<Order>();
      const pass: Pass = { order, outcome: outcome.promise, end: end.promise };
      running.add(pass);
      void run(pass, outcome.resolve).finally(() => {
        running.delete(pass);
        outcome.resolve(pass.order);
        end.resolve(pass.order);
      });
      return pass;
    },

    /** Waits for the running passes, and hands over the orders of those that are not done by then. */
    async finish(withinMs: number): Promise<void> {
      await within(Promise.all([...running].map(({ end }) => end)), withinMs);
      const left = [...running].map(({ order }) => order).filter(({ status }) => isOpen(status));
      await Promise.allSettled(left.map((order) => putBack('hand-over', order, 0, now() + HAND_OVER_MS)));
    },
  };

  async function run(pass: Pass, tellOutcome: (order: Order) => void): Promise<void> {
    const lease = pass.order;
    try {
      for await (const { saved, order } of advance(lease, ports, () => callDeadline(lease, timing, now()))) {
        if (saved) observer.moved(order, pass.order);
        pass.order = order;
        if (order.outcome) tellOutcome(order);
      }
    } catch (error) {
      const parked = isRefusedByOurFault(error);
      const waitMs = parked ? timing.parkedRetryMs : backoffMsOf(lease.attempt, timing, random);
      observer.failed(pass.order, error, waitMs);
      if (parked) observer.parked(pass.order);
      // Should this write fail as well, then the end of the lease puts the order back.
      await putBack('postpone', pass.order, waitMs, lease.dueAt ?? now()).catch(() => {});
    }
  }

  function putBack(name: 'postpone' | 'hand-over', order: Order, waitMs: number, deadlineAt: number) {
    return ports.store.save(name, { ...order, dueAt: now() + waitMs, version: order.version + 1 }, deadlineAt);
  }
}

const HAND_OVER_MS = 1000;

/** The deadline for the next call; throws when the lease does not cover another one. */
export type Deadline = () => number;

type Step = (order: Order, ports: Ports, deadline: Deadline) => Promise<Saved>;

/** What is to be done about an order in each open status. A step ends with the move that its findings allow. */
export const steps: Record<OpenStatus, Step> = { pending: buy, releasing: giveBack, refunding: undo };

/**
 * Takes an open order as far as it goes, and yields it after each move. It ends when the order is closed, or as soon as
 * another actor turns out to have written it: then that one goes on. It fails when a peer or the storage is away, and
 * another pass may then start from the last order it yielded.
 */
export async function* advance(order: Order, ports: Ports, deadline: Deadline): AsyncGenerator<Saved, void> {
  for (let current = order; isOpen(current.status); ) {
    const moved = await steps[current.status](current, ports, deadline);
    yield moved;
    if (!moved.saved) return;
    current = moved.order;
  }
}

async function buy(order: Order, ports: Ports, deadline: Deadline): Promise<Saved> {
  const move = (name: MoveName, findings?: Findings) =>
    ports.store.save(name, moveOrder(order, name, findings), deadline());

  if (order.cancelRequested) return move('abandon');

  const reservation = await ports.reserve(order, deadline());
  if (reservation.status === 'refused') {
    const { reason, shortLines } = reservation;
    return reason === 'released' ? decidedElsewhere(order, ports, deadline) : move('reject', { reason, shortLines });
  }
  const { lines } = reservation;
  const total = totalOf(lines);
  const payment = await ports.charge(order, total, deadline());
  switch (payment.status) {
    case 'succeeded':
      return move('confirm', { lines, total, chargeId: payment.chargeId });
    case 'declined':
      return move('decline', { lines, total, reason: 'payment_declined' });
    case 'fenced':
      return decidedElsewhere(order, ports, deadline);
  }
}

async function giveBack(order: Order, { store, release }: Ports, deadline: Deadline): Promise<Saved> {
  await release(order, deadline());
  return store.save('finish-release', moveOrder(order, 'finish-release'), deadline());
}

async function undo(order: Order, { store, refund, release }: Ports, deadline: Deadline): Promise<Saved> {
  await refund(order, deadline());
  await release(order, deadline());
  return store.save('finish-refund', moveOrder(order, 'finish-refund'), deadline());
}

/** A peer refuses an order that somebody has given up meanwhile: what that one wrote counts. */
async function decidedElsewhere({ orderId, version }: Order, { store }: Ports, deadline: Deadline): Promise<Saved> {
  const order = await store.get(orderId, deadline());
  if (!order || order.version === version) throw new Error(`order ${orderId} is fenced off, but nobody has decided it`);
  return { saved: false, order };
}
