import type { LoadReport } from '@shop/load-generator/tally';
import Table from 'cli-table3';

export type SummaryRow = { mode: string; report: LoadReport; replaced: number; orders: number; seconds: number };

const whole = new Intl.NumberFormat('en');

/** One row for each mode. */
export function summaryTable(rows: readonly SummaryRow[]): string {
  const table = new Table({
    head: ['mode', 'requests', 'failed', 'tasks', 'orders', 'of them 202', 'p50', 'p99', 'max', 'time'],
    style: { head: [], border: [] },
  });
  for (const { mode, report, replaced, orders, seconds } of rows) {
    const { p50, p99, max } = report.latencyMs;
    const later = report.answers['POST /v1/orders']?.[202] ?? 0;
    table.push([
      mode,
      ...[report.requests, report.failed, replaced, orders, later].map((count) => whole.format(count)),
      ...[p50, p99, max].map((ms) => `${Math.round(ms)} ms`),
      `${Math.round(seconds)} s`,
    ]);
  }
  return table.toString();
}
