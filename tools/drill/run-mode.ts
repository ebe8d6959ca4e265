import { createIssuerClient } from '@shop/load-generator/issuer-client';
import { createLoad, type Load } from '@shop/load-generator/load';
import type { LoadReport } from '@shop/load-generator/tally';
import type { PlacedOrder } from '@shop/load-generator/visits';
import { until } from '@shop/testing/until';
import type { Stack } from '../compose/stack.ts';
import { parseAccessLog } from './access-log.ts';
import { untilBalanced } from './balancer.ts';
import { failureLines, ipOf } from './failure-lines.ts';
import { meanwhile } from './meanwhile.ts';
import { type Mode, REPLICAS } from './modes.ts';
import { auditOrders, type OrderAudit } from './placed-orders.ts';
import { reconcileStack } from './reconcile-stack.ts';
import type { Drill, Limits, Stopped } from './replacement.ts';
import type { Tasks } from './tasks.ts';
import { createTimeline } from './timeline.ts';
import type { Outcome } from './verdict.ts';

export type ModeRun = {
  outcome: Outcome;
  report: LoadReport;
  seconds: number;
  failures: string[];
  stopped: Stopped[];
};

export type ModeOptions = {
  stack: Stack;
  tasks: Tasks;
  requests: number;
  concurrency: number;
  limits: Limits;
  signal: AbortSignal;
};

/** The load has to be well under way before the first task is touched. */
const FIRST_REQUESTS = 100;
const REQUESTS_WITHIN_MS = 30 * 60_000;
const SETTLED_WITHIN_MS = 90_000;

/** Replaces tasks under load, ends the load when both are done, and looks at what became of requests and orders. */
export async function runMode(mode: Mode, options: ModeOptions): Promise<ModeRun> {
  const { stack, tasks, requests, concurrency, limits, signal } = options;
  const balancer = await untilBalanced(tasks, REPLICAS, signal);
  const since = new Date();
  const placed: PlacedOrder[] = [];
  const giveToken = createIssuerClient(stack.issuerUrl);
  const load = createLoad({
    baseUrl: stack.baseUrl,
    giveToken,
    pace: { concurrency },
    onPlaced: (order) => placed.push(order),
  });
  const timeline = createTimeline({ counts: () => countsOf(load), print: console.log });
  const stopped: Stopped[] = [];
  const failed = () => load.report().failed;
  const drill: Drill = { tasks, balancer, timeline, failed, signal, settings: mode.settings, stopped };

  const report = await meanwhile(load.run, signal, async () => {
    timeline.tell('load', `begins, ${concurrency} visitors at a time`);
    await reach(load, FIRST_REQUESTS, signal);
    await mode.replace(drill, limits);
    timeline.tell('load', 'goes on until there are requests enough');
    await reach(load, requests, signal);
  });
  timeline.tell('load', 'has ended');
  const seconds = timeline.seconds();

  const orders = await settledOrders(placed, { url: stack.baseUrl, giveToken }, signal);
  timeline.tell('orders', `${orders.placed} placed, ${orders.lost.length} lost, ${orders.open.length} open`);
  const reconcileExitCode = await reconcileStack(stack);
  timeline.tell('reconcile', `ended with exit code ${reconcileExitCode}`);

  const lines = parseAccessLog(await balancer.accessLog(since));
  const gone = new Map(stopped.map(({ replica: { ip, name } }) => [ip, name]));
  const failures = failureLines(report.failures, lines, (target) => gone.get(ipOf(target)) ?? target);
  const outcome: Outcome = {
    requests: report.requests,
    failed: report.failed,
    stopped: stopped.map(({ replica, exitCode }) => ({ name: replica.name, exitCode })),
    orders,
    reconcileExitCode,
    failedAtStoppedTasks: lines.filter(({ status, target }) => status === 502 && gone.has(ipOf(target ?? ''))).length,
  };
  return { outcome, report, seconds, failures, stopped };
}

function countsOf(load: Load) {
  const { requests, failed } = load.report();
  return { requests, failed };
}

async function reach(load: Load, requests: number, signal: AbortSignal): Promise<void> {
  const enough = async () => load.report().requests >= requests;
  await until(`${requests} requests were sent`, enough, { timeoutMs: REQUESTS_WITHIN_MS, everyMs: 250, signal });
}

/** An order that was answered with 202 is settled behind its answer. */
async function settledOrders(
  placed: readonly PlacedOrder[],
  shop: Parameters<typeof auditOrders>[1],
  signal: AbortSignal,
): Promise<OrderAudit> {
  let audit = await auditOrders(placed, shop);
  const settled = async () => {
    if (audit.open.length > 0) audit = await auditOrders(placed, shop);
    return audit.open.length === 0;
  };
  await until('each order is settled', settled, { timeoutMs: SETTLED_WITHIN_MS, everyMs: 1000, signal }).catch(
    () => undefined,
  );
  signal.throwIfAborted();
  return audit;
}
