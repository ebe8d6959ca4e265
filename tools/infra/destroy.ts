// npm run infra:destroy
import { deployments } from '../infra-check/resolve/resolve-chapters.ts';
import { runCommand } from './command.ts';
import { emptyResources, resourcesOf, type StackResource } from './empty.ts';
import { deleteForgotten } from './emulator-clean-up.ts';
import { leftovers } from './leftovers.ts';
import { checkAccess } from './preflight.ts';
import { PROJECT } from './target.ts';

const USAGE = `Usage: npm run infra:destroy -- [--profile NAME]

Removes every stack of the profile, the last layer first, with all orders, products and images: nothing of it can be brought
back. Buckets and repositories are emptied before. Then lists what still bears the shop's tags, for that would go on costing.
Production is protected against this: its tables and its balancer refuse until you turn their deletion protection off.

  --confirm NAME    for production: ${PROJECT}-production, so that nobody removes it by mistake
`;

await runCommand(USAGE, { confirm: { type: 'string' } }, async (target, values) => {
  const { templates, profile, stacks, stackName } = target;
  const whole = `${PROJECT}-${profile.name}`;
  if (profile.name === 'production' && values.confirm !== whole)
    throw new Error(`This removes production with all of its data. If that is meant, add --confirm ${whole}.`);
  console.log(`Removing ${profile.name} from ${await checkAccess(target)}\n`);
  const held: StackResource[] = [];
  for (const { name } of deployments(templates, profile).reverse()) {
    const stack = stackName(name);
    if (!(await stacks.find(stack))) continue;
    const startedAt = Date.now();
    const resources = await resourcesOf(target.cloudFormation, stack);
    await emptyResources(target, resources);
    await stacks.remove(stack);
    held.push(...resources);
    console.log(`${stack.padEnd(45)} deleted ${((Date.now() - startedAt) / 1000).toFixed(1).padStart(10)} s`);
  }
  // At the end, since moto keeps listener rules until their balancer is gone.
  if (target.emulator) await deleteForgotten(target.ecs, process.env.AWS_ENDPOINT_URL ?? '', held);
  const left = await leftovers(target);
  if (left.length === 0) return console.log('\nNothing with the tags of the shop is left.');
  console.log(
    ['\nStill there, by their tags (what was just deleted may stay in this list for some minutes):', ...left].join(
      '\n  ',
    ),
  );
});
