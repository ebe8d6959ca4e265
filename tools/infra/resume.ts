// npm run infra:resume
import { runCommand } from './command.ts';
import { deployLayers } from './deploy-layers.ts';
import { existingLayers, pausableLayers } from './layers.ts';
import { checkAccess } from './preflight.ts';
import { startTasks } from './task-counts.ts';

const USAGE = `Usage: npm run infra:resume -- [--profile NAME]

Undoes npm run infra:pause: NAT gateways, schedules and the bounds of scaling are what the profile says again, and each service
starts its lowest number of tasks, of the image that it had. They answer once they are healthy, after a minute or two.
`;

await runCommand(USAGE, {}, async (target) => {
  console.log(`Resuming ${target.profile.name} in ${await checkAccess(target)}\n`);
  const layers = await existingLayers(target, pausableLayers(target.templates, target.profile));
  await deployLayers(target, layers, { tell: console.log });
  await startTasks(target);
  console.log(`\nResumed. npm run infra:status -- --profile ${target.profile.name} shows the tasks that start.`);
});
