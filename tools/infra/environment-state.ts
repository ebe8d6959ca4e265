import { DescribeServicesCommand } from '@aws-sdk/client-ecs';
import { deployments } from '../infra-check/resolve/resolve-chapters.ts';
import { layersOf } from './layers.ts';
import { latestDeployment } from './service-deployment.ts';
import { missingService, serviceState } from './service-state.ts';
import { isShared, type Target } from './target.ts';
import { servicesOf } from './task-counts.ts';

export const NOT_THERE = 'not there';

/** Made as asked for, or on its way there. */
const isWell = /^(CREATE|UPDATE|IMPORT)_(COMPLETE|IN_PROGRESS)$|^UPDATE_COMPLETE_CLEANUP_IN_PROGRESS$/;

export type StackState = { name: string; status: string; since: string; isOwn: boolean; isBad: boolean };

/** The stacks that are there, and in the order of deployment those without which the shop is not whole. */
export async function stackStates({ templates, profile, stacks, stackName }: Target): Promise<StackState[]> {
  const layers = [...deployments(templates, profile).map(({ name }) => name), 'root'];
  const found = await Promise.all(layers.map((layer) => stacks.find(stackName(layer))));
  // A root has the others within, all but the registry.
  const isNested = found.at(-1) !== undefined;
  const needed = isNested ? ['registry'] : layersOf(templates, profile).map(({ name }) => name);
  return layers.flatMap((layer, index) => {
    const [stack, name, isOwn] = [found[index], stackName(layer), !isShared(layer)];
    if (!stack) return needed.includes(layer) ? [{ name, status: NOT_THERE, since: '', isOwn, isBad: true }] : [];
    const since = (stack.LastUpdatedTime ?? stack.CreationTime)?.toISOString() ?? '';
    const status = stack.StackStatus ?? '';
    return [{ name, status, since, isOwn, isBad: !isWell.test(status) }];
  });
}

/** The services that stacks ask for, whether ECS has them or not; `unknown` says why it does not tell of their deployments. */
export async function serviceStates(target: Target) {
  const states = (await servicesOf(target)).map(async ({ cluster, service, wanted }) => {
    const { services = [] } = await target.ecs.send(new DescribeServicesCommand({ cluster, services: [service] }));
    const [found] = services.filter(({ status }) => status !== 'INACTIVE');
    if (!found) return { ...missingService(service, wanted), unknown: undefined };
    const latest = await latestDeployment(target.ecs, { cluster, service });
    return { ...serviceState(found, wanted, latest), unknown: 'unknown' in latest ? latest.unknown : undefined };
  });
  return Promise.all(states);
}
