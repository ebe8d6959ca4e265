// npm run infra:pause
import { runCommand } from './command.ts';
import { deployLayers } from './deploy-layers.ts';
import { existingLayers, pausableLayers, paused } from './layers.ts';
import { checkAccess } from './preflight.ts';
import { stopTasks } from './task-counts.ts';

const USAGE = `Usage: npm run infra:pause -- [--profile NAME]

Stops what costs most and keeps the data: every service scales between 0 and 0 tasks, the nightly job does not start, and NAT
gateways are removed once the last task has stopped. The load balancer stays, and goes on costing: 0.0325 USD an hour in
us-east-1. These are parameters of the same stacks, so nothing drifts. Until npm run infra:resume the shop answers 503, and
npm run infra:deploy would resume it as well.
`;

await runCommand(USAGE, {}, async (target) => {
  console.log(`Pausing ${target.profile.name} in ${await checkAccess(target)}\n`);
  const layers = (await existingLayers(target, pausableLayers(target.templates, target.profile))).map(paused);
  const isNetwork = ({ template }: { template: { name: string } }) => template.name === 'network';
  await deployLayers(
    target,
    layers.filter((layer) => !isNetwork(layer)),
    { tell: console.log },
  );
  await stopTasks(target);
  // Last: a task that still runs would lose its way out.
  await deployLayers(target, layers.filter(isNetwork), { tell: console.log });
  console.log(`\nPaused. npm run infra:resume -- --profile ${target.profile.name} starts it again.`);
});
