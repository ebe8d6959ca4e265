import { readProfile, readTemplates } from '../infra-check/resolve/read-infra.ts';
import { resolveShops } from '../infra-check/resolve/resolve-shop.ts';
import { indexShop } from '../infra-check/shop-index.ts';
import { type CostLine, costLines } from './cost-lines.ts';
import { assumptions, prices } from './prices.ts';

export type Bill = {
  profile: string;
  lines: CostLine[];
  hour: number;
  lab: number;
  month: number;
  millionOrders: number;
};

/** What AWS bills beside it: the documents say it in these words, too. */
export const notInTheBill =
  'Not in it: data transfer, flow logs, the metrics of Container Insights, WAF, and the builds of a pipeline.';

/** A profile as root.yaml deploys it, without the variants that it does not nest. */
export function billFor(root: string, profile: string): Bill {
  const shop = resolveShops(readTemplates(root), readProfile(root, profile)).find(({ mode }) => mode === 'nested');
  if (!shop) throw new Error('there is no infra/templates/root.yaml');
  const lines = costLines(indexShop(shop));
  const hour = lines.reduce((sum, { usdPerHour }) => sum + usdPerHour, 0);
  const { labHours, monthHours } = assumptions;
  return { profile, lines, hour, lab: hour * labHours, month: hour * monthHours, millionOrders: millionOrders() };
}

/** What a million orders cost on top: DynamoDB, logs, the balancer's bytes and the CPU time of tasks that scaling adds. */
export function millionOrders(): number {
  const { orderLines, readsPerOrder, logKbPerOrder, balancerKbPerOrder, ordersPerVcpuSecond } = assumptions;
  // e2e/round-trips.test.ts counts them.
  const writesPerOrder = 2 * orderLines + 9;
  const vcpuHours = 1_000_000 / ordersPerVcpuSecond / 3600;
  return (
    writesPerOrder * prices.millionWrites.usd +
    readsPerOrder * prices.millionReads.usd +
    logKbPerOrder * prices.logGb.usd +
    // A capacity unit is worth a GB in an hour.
    balancerKbPerOrder * prices.capacityUnitHour.usd +
    // Every size in use has 2 GB for each vCPU.
    vcpuHours * (prices.armVcpuHour.usd + 2 * prices.armGibHour.usd)
  );
}
