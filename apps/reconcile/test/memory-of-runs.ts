// Run by memory.test.ts in a process of its own, with --expose-gc: prints for each run the most bytes that were alive
// when a page was read. The first run of each kind warms up what the runtime compiles and caches.
import { reconcile } from '../src/reconcile.ts';
import { createBoundlessShop } from './boundless-shop.ts';

const PAGES_BETWEEN_LOOKS = 25;

export type Measured = { orders: number; outcome: string; peakBytes: number };

async function measure(orders: number, ruined: boolean): Promise<Measured> {
  const { tables, ledger } = createBoundlessShop(orders, { ruined });
  let peakBytes = 0;
  async function* observed<Page>(pages: AsyncGenerator<Page>): AsyncGenerator<Page> {
    let read = 0;
    for await (const page of pages) {
      yield page;
      read += 1;
      if (read % PAGES_BETWEEN_LOOKS > 0) continue;
      globalThis.gc?.();
      peakBytes = Math.max(peakBytes, process.memoryUsage().heapUsed);
    }
  }
  const observedTables = {
    ...tables,
    reservations: () => observed(tables.reservations()),
    orders: () => observed(tables.orders()),
    payments: () => observed(tables.payments()),
  };
  const observedLedger = { ...ledger, pages: () => observed(ledger.pages()) };
  const pause = async () => undefined;
  const { outcome } = await reconcile({ tables: observedTables, ledger: observedLedger, openLimitMs: 1, pause });
  return { orders, outcome, peakBytes };
}

async function main(): Promise<void> {
  const [few, many, ruined] = process.argv.slice(2);
  const runs: Measured[] = [];
  for (const orders of [few, few, many]) runs.push(await measure(Number(orders), ruined === 'ruined'));
  process.stdout.write(JSON.stringify(runs));
}

main().catch((error) => {
  process.stderr.write(String(error));
  process.exitCode = 1;
});
