import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { catalogWrites } from '@shop/catalog/catalog-writes';
import { catalogCalls } from '@shop/order/catalog-client';
import { orderWrites } from '@shop/order/order-store';
import { paymentCalls } from '@shop/order/payment-client';
import { gatewayCalls } from '@shop/payment/http-gateway';
import { paymentWrites } from '@shop/payment/payment-store';
import { ledgerWrites } from '@shop/sandbox-gateway/ledger-store';
import { until } from '@shop/testing/until';
import { play } from './src/play.ts';
import { reconcile } from './src/reconcile.ts';
import { scenarios } from './src/scenarios.ts';
import type { ServiceProcess } from './src/service-process.ts';
import { type Shop, startShop } from './src/shop.ts';

/** The steps come from the code: whoever adds a write or a call adds its name to these lists, or it does not compile. */
const steps = {
  order: [...orderWrites, ...catalogCalls, ...paymentCalls],
  catalog: [...catalogWrites],
  payment: [...paymentWrites, ...gatewayCalls],
  gateway: [...ledgerWrites],
};
type ServiceName = keyof typeof steps;
const services = Object.keys(steps) as ServiceName[];
const points = services.flatMap((service) =>
  steps[service].flatMap((step) => (['before', 'after'] as const).map((phase) => ({ service, step, phase }))),
);

const preload = (file: string) => new URL(`./src/${file}.ts`, import.meta.url).href;

let shop: Shop;
/** The scenarios that took a step when all of them ran undisturbed. */
const scenariosOf = new Map<string, Set<string>>();

beforeAll(async () => {
  shop = await startShop({
    order: { ANSWER_BUDGET_MS: '300', DRAIN_MS: '50' },
    payment: { GATEWAY_TIMEOUT_MS: '300' },
  });
  for (const service of services) {
    await shop[service].stop('SIGTERM');
    shop[service].arm({}, preload('record-steps'));
    await shop[service].start();
  }
  for (const name of Object.keys(scenarios)) {
    const seen = new Map(services.map((service) => [service, shop[service].logs().length]));
    await play(shop, name);
    for (const service of services) {
      for (const { step } of shop[service].logs().slice(seen.get(service))) {
        if (typeof step === 'string') note(`${service} ${step}`, name);
      }
    }
  }
}, 180_000);
afterAll(() => shop.stop());

function note(step: string, scenario: string): void {
  scenariosOf.set(step, (scenariosOf.get(step) ?? new Set()).add(scenario));
}

/** Starts a service again, whole, as soon as it has died at its step; `settle` waits for that, or gives up at once. */
function revive(victim: ServiceProcess) {
  const before = victim.crashes();
  const crashed = () => victim.crashes() > before;
  let over = false;
  const done = until('the process has died at its step', () => crashed() || over, { timeoutMs: 60_000 }).then(() => {
    victim.arm({});
    return victim.start();
  });
  return {
    crashed,
    /** Some steps follow behind the answer, such as giving back the stock of a declined order. */
    crashedSoon: () => until('it crashes', crashed, { timeoutMs: 3000 }).catch(() => false),
    settle() {
      over = true;
      return done;
    },
  };
}

describe('a process that dies', () => {
  test.each(points)(
    '$phase $step, in $service: the order is settled, once, and all agrees',
    async ({ service, step, phase }) => {
      const candidates = scenariosOf.get(`${service} ${step}`);
      if (!candidates) throw new Error(`No scenario takes the step ${step} of ${service}: add one to src/scenarios.ts`);
      const victim = shop[service];
      await victim.stop('SIGTERM');
      victim.arm({ CRASH_AT: `${step}:${phase}` }, preload('crash-at'));
      await victim.start();

      const revived = revive(victim);
      for (const scenario of candidates) {
        await play(shop, scenario);
        // Some steps are taken by chance, such as a second attempt; then the next scenario has to take it.
        if (await revived.crashedSoon()) break;
      }
      await revived.settle();
      expect(revived.crashed()).toBe(true);
      const result = await reconcile(shop);
      expect(result).toMatchObject({ exitCode: 0 });
    },
    60_000,
  );
});
