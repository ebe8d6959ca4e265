// npm run infra:destroy
import { deployments } from '../infra-check/resolve/resolve-chapters.ts';
import { runCommand, type Values } from './command.ts';
import { emptyResources, resourcesOf, type StackResource } from './empty.ts';
import { deleteForgotten } from './emulator-clean-up.ts';
import { leftovers } from './leftovers.ts';
import { otherEnvironments } from './other-environments.ts';
import { checkAccess } from './preflight.ts';
import { isShared, PROJECT, type Target } from './target.ts';
import { deleteBucket } from './template-bucket.ts';

const USAGE = `Usage: npm run infra:destroy -- [--profile NAME]

Removes every stack of the profile, the last layer first, with all orders and products: nothing of it can be brought back.
Buckets and repositories are emptied before. Then lists what still bears the profile's tags, for that would go on costing.
The registry with its images is one for all environments: it goes with the last of them, and stays as long as another is there.
Production is protected against this: its tables and its balancer refuse until you turn their deletion protection off.

  --keep-registry   keeps the images, for a shop that is made again
  --with-registry   removes them, although another environment runs them: it could not start another task
  --confirm NAME    for production: ${PROJECT}-production, so that nobody removes it by mistake
`;

const options = {
  confirm: { type: 'string' },
  'keep-registry': { type: 'boolean', default: false },
  'with-registry': { type: 'boolean', default: false },
} as const;

await runCommand(USAGE, options, async (target, values) => {
  const { templates, profile, stacks, stackName } = target;
  const whole = `${PROJECT}-${profile.name}`;
  if (profile.name === 'production' && values.confirm !== whole)
    throw new Error(`This removes production with all of its data. If that is meant, add --confirm ${whole}.`);
  console.log(`Removing ${profile.name} from ${await checkAccess(target)}\n`);
  const whyKept = await reasonToKeep(target, values);
  const held: StackResource[] = [];
  const names = deployments(templates, profile).map(({ name }) => name);
  for (const name of ['root', ...names.reverse()]) {
    const stack = stackName(name);
    if (!(await stacks.find(stack))) continue;
    if (isShared(name) && whyKept !== undefined) {
      console.log(`${stack.padEnd(45)} kept: ${whyKept}`);
      continue;
    }
    const startedAt = Date.now();
    const resources = await resourcesOf(target.cloudFormation, stack);
    await emptyResources(target, resources);
    await stacks.remove(stack);
    held.push(...resources);
    console.log(`${stack.padEnd(45)} deleted ${((Date.now() - startedAt) / 1000).toFixed(1).padStart(10)} s`);
  }
  // Whether there was a root or not: one that failed at once leaves nothing but its bucket.
  await deleteBucket(target);
  // At the end, since moto keeps listener rules until their balancer is gone.
  if (target.emulator) await deleteForgotten(target.ecs, process.env.AWS_ENDPOINT_URL ?? '', held);
  const left = await leftovers(target, { withRegistry: whyKept === undefined });
  if (left.length === 0) return console.log('\nNothing with the tags of the shop is left.');
  console.log(
    ['\nStill there, by their tags (what was just deleted may stay in this list for some minutes):', ...left].join(
      '\n  ',
    ),
  );
});

async function reasonToKeep(target: Target, values: Values): Promise<string | undefined> {
  if (values['keep-registry'] === true) return 'as you asked';
  const others = await otherEnvironments(target);
  if (others.length === 0 || values['with-registry'] === true) return undefined;
  return `${others.join(', ')} runs its images (--with-registry removes it all the same)`;
}
