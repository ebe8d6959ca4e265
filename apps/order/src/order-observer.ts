import type { FastifyBaseLogger } from 'fastify';
import type { Order } from './order.ts';
import type { OrderMetrics } from './order-metrics.ts';
import type { OpenOrder } from './order-store.ts';

/** Hears what passes and recovery do. */
export type OrderObserver = {
  moved(order: Order, before: Order): void;
  failed(order: Order, error: unknown, retryInMs: number): void;
  parked(order: Order): void;
  open(orders: readonly OpenOrder[]): void;
  recovering(order: Order): void;
  recoveryFailed(error: unknown): void;
};

/** Tells the log and the metrics what happens to orders. A line names the order, never how it is paid. */
export function createOrderObserver(log: FastifyBaseLogger, metrics: OrderMetrics): OrderObserver {
  return {
    moved(order, before) {
      const { status, outcome, reason } = order;
      log.info({ ...passOf(order), status, outcome, reason }, `order ${before.status} -> ${status}`);
      if (outcome && !before.outcome) metrics.decided(order);
    },
    failed(order, error, retryInMs) {
      log.warn({ ...passOf(order), status: order.status, retryInMs, err: error }, 'order pass failed');
    },
    parked(order) {
      log.error(passOf(order), 'order parked: the gateway refuses our credentials or calls');
      metrics.parked();
    },
    open: metrics.open,
    recovering(order) {
      log.info({ ...passOf(order), status: order.status }, 'order taken up again');
      metrics.recovering(order);
    },
    recoveryFailed(error) {
      log.warn({ err: error }, 'recovery could not look for or take an order');
    },
  };
}

function passOf({ orderId, attempt }: Order) {
  return { orderId, attempt };
}
