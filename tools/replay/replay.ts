import { readRows } from './csv.ts';
import { readInvoices } from './invoices.ts';
import type { Placed, ShopPorts } from './orders.ts';
import { cancelAll, placeAll } from './place-all.ts';
import { type PlannedOrder, planOrders } from './plan.ts';
import { createProducts, type Wanted } from './products.ts';
import type { Progress } from './progress.ts';
import { findFaults, number, renderConclusion, renderReport } from './report.ts';
import type { ShopClient } from './shop-client.ts';
import { tallyFile } from './tally-file.ts';
import { tallyShop } from './tally-shop.ts';
import { createTokens } from './tokens.ts';

export type ReplayOptions = {
  file: string;
  /** How many invoices from the start of the file; all of them if absent. */
  invoices?: number | undefined;
  /** Orders at a time. */
  concurrency: number;
  shop: ShopClient;
  issuer: ShopClient;
  say: (line: string) => void;
  startProgress: (title: string, total: number) => Progress;
  now?: () => number;
  /** Waits before an open order is read again. */
  wait?: ShopPorts['wait'];
};

/** `conclusion` is what to say when the books are balanced too; `faults` is empty when shop and file agree. */
export type Replayed = { faults: string[]; conclusion: string };

/** Plays an invoice file into the shop: products, orders, cancellations; then holds the shop's answers against the file. */
export async function replay(options: ReplayOptions): Promise<Replayed> {
  const { file, concurrency, shop, say, startProgress, now = Date.now, wait } = options;
  const { invoices: all, names } = await readInvoices(readRows(file));
  // The plan is that of the whole file also when only its start is replayed, so that a longer run later goes on from it.
  const plan = planOrders(all);
  const invoices = all.slice(0, options.invoices ?? all.length);
  const orders = plan.orders.filter(({ invoice }) => invoice.index < invoices.length);
  const ports: ShopPorts = { shop, tokens: createTokens(options.issuer), now, ...(wait && { wait }) };
  const products = createProducts({ shop, tokens: ports.tokens, concurrency: 2 * concurrency });

  const wanted = productsFor(orders, plan.orders, names);
  await withProgress('products', wanted.length, (tick) =>
    Promise.all(wanted.map((product) => products.ensure(product).then(tick))),
  );
  const startedAt = now();
  const placed = await withProgress('orders', orders.length, (tick) =>
    placeAll(orders, { ports, concurrency, tick, products }),
  );
  const seconds = (now() - startedAt) / 1000;
  const isDue = (one: Placed) => isToCancel(one, invoices.length);
  const settled = await withProgress('cancellations', placed.filter(isDue).length, (tick) =>
    cancelAll(placed, isDue, { ports, concurrency, tick }),
  );

  const fileTally = tallyFile(invoices, plan.unmatched);
  const shopTally = tallyShop(settled, invoices.length);
  const { created, changed } = products.written();
  say(renderReport(fileTally, shopTally));
  say(
    `${number(created)} products created, ${number(changed)} changes of price or stock, ` +
      `${describeRate(settled, seconds)}, ${concurrency} at a time; ${number(shop.repeats())} requests repeated.`,
  );
  return { faults: findFaults(fileTally, shopTally), conclusion: renderConclusion(fileTally, shopTally) };

  async function withProgress<Result>(title: string, total: number, run: (tick: () => void) => Promise<Result>) {
    const progress = startProgress(title, total);
    try {
      return await run(progress.tick);
    } finally {
      progress.done();
    }
  }
}

/** The products of the chosen orders, each with the units that the whole file sells, and the price it has first. */
function productsFor(
  chosen: readonly PlannedOrder[],
  all: readonly PlannedOrder[],
  names: Map<string, string>,
): Wanted[] {
  const products = new Map<string, Wanted>();
  for (const { lines } of all) {
    for (const { sku, quantity, priceMinor } of lines) {
      const product = products.get(sku) ?? { sku, name: names.get(sku) ?? '', priceMinor, received: 0 };
      products.set(sku, { ...product, received: product.received + quantity });
    }
  }
  const needed = new Set(chosen.flatMap(({ lines }) => lines.map(({ sku }) => sku)));
  return [...products.values()].filter(({ sku }) => needed.has(sku));
}

function describeRate(placed: readonly Placed[], seconds: number): string {
  const fresh = placed.filter(({ already }) => !already);
  if (fresh.length === 0) return 'no order placed';
  const lines = fresh.reduce((sum, { planned }) => sum + planned.lines.length, 0);
  const rate = `${(fresh.length / seconds).toFixed(1)} orders/s (${(lines / seconds).toFixed(0)} lines/s)`;
  return `${number(fresh.length)} orders placed in ${seconds.toFixed(1)} s: ${rate}`;
}

function isToCancel(placed: Placed, invoices: number): boolean {
  const { cancelledBy } = placed.planned;
  const isDue = cancelledBy !== undefined && cancelledBy.index < invoices;
  return isDue && 'order' in placed && placed.order.status === 'confirmed';
}
