// npm run drill:kill: each service is killed without warning while orders come in, and started again as ECS would.
import { createIssuerClient } from '@shop/load-generator/issuer-client';
import { createTally } from '@shop/load-generator/tally';
import { until } from '@shop/testing/until';
import { untilBalanced } from './balancer.ts';
import { createBuyers, type Purchases } from './buyers.ts';
import { type DrillRun, runDrill } from './drill-run.ts';
import { meanwhile } from './meanwhile.ts';
import { findOrders } from './placed-orders.ts';
import { reconcileStack } from './reconcile-stack.ts';
import { type Service, services } from './tasks.ts';
import { createTimeline } from './timeline.ts';
import { judgeKills } from './verdict.ts';

const USAGE = `Usage: npm run drill:kill -- [--no-build] [--keep]

Runs the shop in containers and kills one service after the other while orders come in. Each order that a customer was
told to be settled has to be there, and reconcile has to find that money, stock and orders agree.`;

const BUYERS = 4;
/** Orders settled before a service is killed, and again after it has come back. */
const ORDERS_BETWEEN = 20;
const RECOVERED_WITHIN_MS = 60_000;
const victims = [...services, 'sandbox-gateway'];

async function killEach({ stack, tasks, signal, judge }: DrillRun, build: boolean): Promise<void> {
  console.log(`Starting the shop as ${stack.project}...`);
  await tasks.startAll(1, {}, { build });
  const balancer = await untilBalanced(tasks, 1, signal);
  const tally = createTally();
  const timeline = createTimeline({ counts: tally.report, print: console.log });
  const shop = { url: stack.baseUrl, giveToken: createIssuerClient(stack.issuerUrl) };
  const { run, purchases } = createBuyers({ ...shop, tally, buyers: BUYERS });
  timeline.tell('orders', `${BUYERS} buyers begin`);
  const { bought, unsettled, repeated } = await meanwhile(run, signal, async () => {
    await ordersGoOn(purchases, signal);
    for (const service of victims) {
      await killOne(service);
      await ordersGoOn(purchases, signal);
      timeline.tell('orders', `${purchases.bought.length} settled until now`);
    }
  });

  const found = await findOrders(bought, shop);
  const unconfirmed = bought.map(({ orderId }) => orderId).filter((id) => found.get(id) !== 'confirmed');
  const reconcileExitCode = await reconcileStack(stack);
  timeline.tell('reconcile', `ended with exit code ${reconcileExitCode}`);
  judge(judgeKills({ bought: bought.length, unconfirmed, unsettled, repeated, reconcileExitCode }));

  async function killOne(service: string): Promise<void> {
    const [replica] = await tasks.replicasOf(service);
    if (!replica) throw new Error(`There is no task of ${service}.`);
    await tasks.kill(replica);
    timeline.tell(replica.name, 'SIGKILL');
    await tasks.remove(replica);
    const next = await tasks.start(service, {});
    timeline.tell(next.name, 'started instead, healthy in Docker');
    if (isBalanced(service)) await balancer.untilUp(next.ip);
  }
}

/** Orders reach their end again. */
async function ordersGoOn({ bought }: Purchases, signal: AbortSignal): Promise<void> {
  const before = bought.length;
  const enough = async () => bought.length >= before + ORDERS_BETWEEN;
  await until('orders are settled', enough, { timeoutMs: RECOVERED_WITHIN_MS, signal });
}

function isBalanced(service: string): service is Service {
  return (services as readonly string[]).includes(service);
}

async function main(args: readonly string[]): Promise<number> {
  if (args.some((arg) => !['--no-build', '--keep'].includes(arg))) {
    console.log(USAGE);
    return args.includes('--help') ? 0 : 1;
  }
  const build = !args.includes('--no-build');
  return runDrill({ keep: args.includes('--keep') }, (run) => killEach(run, build));
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
