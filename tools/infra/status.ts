// npm run infra:status
import Table from 'cli-table3';
import { runCommand } from './command.ts';
import { NOT_THERE, serviceStates, stackStates } from './environment-state.ts';
import { checkAccess } from './preflight.ts';

const USAGE = `Usage: npm run infra:status -- [--profile NAME]

Says what is there and whether it is what was asked for: the state of each stack; for each service the revision that its stack
wants, the one that runs, how many tasks are desired and how many run, and whether ECS rolled its latest deployment back, and why.
Changes nothing. Exit 1 when a stack or a service is missing or not as it should be; a pause, or a deployment that goes on, is fine.
`;

const NOT_TOLD =
  'ECS does not tell its service deployments here, so a rollback shows only by the events of the service, if at all';
const style = { head: [], border: [] };

await runCommand(USAGE, {}, async (target) => {
  console.log(`${target.profile.name} in ${await checkAccess(target)}\n`);
  const stacks = await stackStates(target);
  if (!stacks.some(({ isOwn, status }) => isOwn && status !== NOT_THERE)) {
    process.exitCode = 1;
    const [shared] = stacks.filter(({ isOwn, isBad }) => !isOwn && !isBad);
    const also = shared ? ` ${shared.name}, which all environments share, is.` : '';
    return console.log(`No stack of it is there.${also} npm run infra:deploy makes them.`);
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

  if ([...stacks, ...services].some(({ isBad }) => isBad)) process.exitCode = 1;
});
