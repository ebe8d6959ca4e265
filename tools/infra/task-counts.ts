import { DescribeServicesCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { textAt } from '../infra-check/resolve/json.ts';
import { type Deployment, deployments } from '../infra-check/resolve/resolve-chapters.ts';
import type { Target } from './target.ts';
import { waitUntil } from './wait-until.ts';

const STOP_DEADLINE_MS = 10 * 60_000;

export type ServiceName = { cluster: string; service: string; layer: Deployment; wanted: string | undefined };

/** The services that are there, by their stacks or those that root nests; `wanted` is the task definition of the stack. */
export async function servicesOf({ templates, profile, stacks, stackName }: Target): Promise<ServiceName[]> {
  const layers = deployments(templates, profile).filter(({ template }) => template.name === 'service');
  const found = layers.map(async (layer) => {
    const stack = (await stacks.find(stackName(layer.name))) ?? (await stacks.nested(stackName('root'), layer.prefix));
    const output = (name: string) => stack?.Outputs?.find(({ OutputKey }) => OutputKey === name)?.OutputValue;
    // arn:aws:ecs:region:account:service/cluster/name
    const [, cluster, service] = output('ServiceArn')?.split('/') ?? [];
    return cluster && service ? [{ cluster, service, layer, wanted: output('TaskDefinitionArn') }] : [];
  });
  return (await Promise.all(found)).flat();
}

/** Scaling between 0 and 0 may wait for an alarm before it acts (unverified), so the count is set, too. Waits for the last task. */
export async function stopTasks(target: Target): Promise<void> {
  const services = await servicesOf(target);
  for (const { cluster, service } of services) await setCount(target, { cluster, service }, 0);
  // An emulator runs nothing, so there is nothing to wait for.
  if (target.emulator) return;
  for (const { cluster, service } of services) {
    const request = new DescribeServicesCommand({ cluster, services: [service] });
    const noneRuns = async () => (await target.ecs.send(request)).services?.[0]?.runningCount === 0;
    await waitUntil(`the tasks of ${service} have stopped`, noneRuns, { timeoutMs: STOP_DEADLINE_MS, everyMs: 5000 });
  }
}

/** Target tracking does not lift a service from nothing, for without tasks there is no metric (unverified). */
export async function startTasks(target: Target): Promise<void> {
  for (const { cluster, service, layer } of await servicesOf(target))
    await setCount(target, { cluster, service }, Number(textAt(layer.given, 'MinCapacity') ?? 1));
}

async function setCount(
  { ecs }: Target,
  { cluster, service }: { cluster: string; service: string },
  desiredCount: number,
) {
  await ecs.send(new UpdateServiceCommand({ cluster, service, desiredCount }));
}
