import type { GiveToken } from './issuer-client.ts';
import { type Visit, visitOf } from './mix.ts';
import { keepBusy, keepRate } from './pace.ts';
import { type Shelf, stockShelf } from './shelf.ts';
import { createShopClient } from './shop-client.ts';
import { createTally, type LoadReport } from './tally.ts';
import { type PlacedOrder, perform } from './visits.ts';

export type LoadOptions = {
  /** Of the balancer, such as `http://localhost:8080`. */
  baseUrl: string;
  giveToken: GiveToken;
  /** Visits that begin each second, or visits at any time. A visit is a read, or an order with what follows it. */
  pace: { perSecond: number } | { concurrency: number };
  /** Products with stock enough; without it the load makes its own, which takes an administrator's token. */
  shelf?: Shelf;
  /** How long a whole answer may take. */
  timeoutMs?: number;
  customers?: number;
  /** Told of each order that the shop has taken, at once: whoever counts orders afterwards has to find it. */
  onPlaced?: (order: PlacedOrder) => void;
};

export type Load = {
  /** Goes on until the signal; then no request begins any more, and those in flight end as they end. */
  run(signal: AbortSignal): Promise<LoadReport>;
  /** What has been until now. */
  report(): LoadReport;
};

/** Visitors of a shop, who read, order and sometimes cancel, with one connection for all requests or one for each. */
export function createLoad(options: LoadOptions): Load {
  const { baseUrl, giveToken, pace, timeoutMs = 10_000, customers = 16, onPlaced = () => undefined } = options;
  const tally = createTally();
  const etags = new Map<string, string>();

  async function run(signal: AbortSignal): Promise<LoadReport> {
    const client = { baseUrl, timeoutMs, tally };
    const clients = { 'keep-alive': createShopClient('keep-alive', client), fresh: createShopClient('fresh', client) };
    try {
      const shelf = options.shelf ?? (await stockShelf(clients['keep-alive'], giveToken));
      let number = 0;
      const begin = () => {
        const visit = visitOf(number++);
        return perform(visit, {
          shelf,
          etags,
          customerId: customerOf(visit),
          authorize: () => authorize(visit),
          onPlaced,
          send: async (outgoing) => (signal.aborted ? undefined : clients[visit.client].send(outgoing)),
        });
      };
      await ('perSecond' in pace ? keepRate(pace.perSecond, signal, begin) : keepBusy(pace.concurrency, signal, begin));
    } finally {
      await Promise.all(Object.values(clients).map(({ close }) => close()));
    }
    return tally.report();
  }

  function customerOf({ customer }: Visit): string {
    return `load-${customer % customers}`;
  }

  async function authorize(visit: Visit): Promise<{ authorization: string } | undefined> {
    const at = new Date().toISOString();
    const startedAt = performance.now();
    try {
      return { authorization: `Bearer ${await giveToken(customerOf(visit))}` };
    } catch {
      tally.failed({
        at,
        request: 'token',
        client: visit.client,
        kind: 'token',
        latencyMs: performance.now() - startedAt,
      });
      return undefined;
    }
  }

  return { run, report: tally.report };
}
