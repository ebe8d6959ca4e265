// npm run infra:status
import { DescribeServicesCommand } from '@aws-sdk/client-ecs';
import Table from 'cli-table3';
import { deployments } from '../infra-check/resolve/resolve-chapters.ts';
import { runCommand } from './command.ts';
import { checkAccess } from './preflight.ts';
import { latestDeployment } from './service-deployment.ts';
import { serviceState } from './service-state.ts';
import { isShared, type Target } from './target.ts';
import { servicesOf } from './task-counts.ts';

const USAGE = `Usage: npm run infra:status -- [--profile NAME]

Says what is there and whether it is what was asked for: the state of each stack; for each service the revision that its stack
wants, the one that runs, how many tasks are desired and how many run, and whether ECS rolled its latest deployment back, and why.
Changes nothing. Exit 1 when a stack or a service is not as it should be.
`;

const NOT_TOLD =
  'ECS does not tell its service deployments here, so a rollback shows only by the events of the service, if at all';
const style = { head: [], border: [] };

await runCommand(USAGE, {}, async (target) => {
  console.log(`${target.profile.name} in ${await checkAccess(target)}\n`);
  const stacks = await stackStates(target);
  if (!stacks.some(({ isOwn }) => isOwn)) {
    const [shared] = stacks.map(({ name }) => ` ${name}, which all environments share, is.`);
    return console.log(`No stack of it is there.${shared ?? ''} npm run infra:deploy makes them.`);
  }
  const stackTable = new Table({ head: ['stack', 'state', 'since'], style });
  for (const { name, status, since } of stacks) stackTable.push([name, status, since]);
  console.log(stackTable.toString());

  const services = await serviceStates(target);
  const head = ['service', 'wanted revision', 'running revision', 'desired', 'running', ''];
  const serviceTable = new Table({ head, style });
  for (const { name, wanted, running, desiredCount, runningCount, remark } of services)
    serviceTable.push([name, wanted, running, desiredCount, runningCount, remark]);
  console.log(services.length > 0 ? serviceTable.toString() : 'No service is there.');
  const [unknown] = services.flatMap((each) => each.unknown ?? []);
  if (unknown) console.log(`${NOT_TOLD}: ${unknown}.`);

  const isBad = ({ status }: { status: string }) => !/^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(status);
  if (stacks.some(isBad) || services.some(({ remark }) => /^[A-Z]{2}/.test(remark))) process.exitCode = 1;
});

async function stackStates({ templates, profile, stacks, stackName }: Target) {
  const names = [...deployments(templates, profile).map(({ name }) => name), 'root'];
  const found = names.map(async (layer) => {
    const stack = await stacks.find(stackName(layer));
    if (!stack) return [];
    const since = (stack.LastUpdatedTime ?? stack.CreationTime)?.toISOString() ?? '';
    return [{ name: stack.StackName ?? '', status: stack.StackStatus ?? '', since, isOwn: !isShared(layer) }];
  });
  return (await Promise.all(found)).flat();
}

async function serviceStates(target: Target) {
  const states = (await servicesOf(target)).map(async ({ cluster, service, wanted }) => {
    const { services = [] } = await target.ecs.send(new DescribeServicesCommand({ cluster, services: [service] }));
    const latest = await latestDeployment(target.ecs, { cluster, service });
    const unknown = 'unknown' in latest ? latest.unknown : undefined;
    return services
      .filter(({ status }) => status !== 'INACTIVE')
      .map((each) => ({ ...serviceState(each, wanted, latest), unknown }));
  });
  return (await Promise.all(states)).flat();
}
