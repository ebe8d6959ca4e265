// npm run infra:destroy
import { runCommand, textOf, type Values } from './command.ts';
import { destroyPlan, roleFor } from './destroy-plan.ts';
import { deleteForgotten } from './emulator-clean-up.ts';
import { leftovers } from './leftovers.ts';
import { otherEnvironments } from './other-environments.ts';
import { checkAccess } from './preflight.ts';
import { PROJECT } from './project.ts';
import { protectionsOf } from './protections.ts';
import { removeStack } from './remove-stack.ts';
import type { Target } from './target.ts';
import { deleteBucket } from './template-bucket.ts';

const USAGE = `Usage: npm run infra:destroy -- [--profile NAME] [--role-arn ARN]

Removes every stack of the profile, the last layer first, with all orders and products: nothing of it can be brought back.
Buckets and repositories are emptied before. Then lists what still bears the profile's tags, for that would go on costing.
The registry with its images is one for all environments: it goes with the last of them, and stays as long as another is there.
Production is protected: its tables, its balancer and the users of its Cognito pool. As long as one of them is, nothing is deleted,
and the commands that lift it are told.

  --keep-registry   keeps the images, for a shop that is made again
  --with-registry   removes them, although another environment runs them: it could not start another task
  --role-arn ARN    the role that CloudFormation deletes with (default: for each stack the role that it was made with, which goes
                    last, or your own rights if there is none); for stacks whose own role is gone
  --confirm NAME    for production: ${PROJECT}-production, so that nobody removes it by mistake
`;

const options = {
  confirm: { type: 'string' },
  'keep-registry': { type: 'boolean', default: false },
  'with-registry': { type: 'boolean', default: false },
  'role-arn': { type: 'string' },
} as const;

await runCommand(USAGE, options, async (target, values) => {
  const { profile } = target;
  const whole = `${PROJECT}-${profile.name}`;
  if (profile.name === 'production' && values.confirm !== whole)
    throw new Error(`This removes production with all of its data. If that is meant, add --confirm ${whole}.`);
  console.log(`Removing ${profile.name} from ${await checkAccess(target)}\n`);
  const whyKept = await reasonToKeep(target, values);
  const plan = await destroyPlan(target, whyKept);
  const doomed = plan.filter((each) => each.whyKept === undefined);
  await refuseProtected(target, doomed);
  for (const each of plan) {
    const name = each.stack.padEnd(45);
    if (each.whyKept !== undefined) {
      console.log(`${name} kept: ${each.whyKept}`);
      continue;
    }
    const startedAt = Date.now();
    await removeStack(target, each, roleFor(each, textOf(values, 'role-arn')));
    console.log(`${name} deleted ${((Date.now() - startedAt) / 1000).toFixed(1).padStart(10)} s`);
  }
  // Whether there was a root or not: one that failed at once leaves nothing but its bucket.
  await deleteBucket(target);
  const held = doomed.flatMap(({ resources }) => resources);
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

async function refuseProtected(target: Target, doomed: Parameters<typeof protectionsOf>[1]): Promise<void> {
  const lifts = await protectionsOf(target, doomed);
  if (lifts.length === 0) return;
  const first = `${target.profile.name} is protected, so nothing was deleted. What lifts it:`;
  throw new Error([first, ...lifts.map((each) => `  ${each}`)].join('\n'));
}

async function reasonToKeep(target: Target, values: Values): Promise<string | undefined> {
  if (values['keep-registry'] === true) return 'as you asked';
  const others = await otherEnvironments(target);
  if (others.length === 0 || values['with-registry'] === true) return undefined;
  return `${others.join(', ')} runs its images (--with-registry removes it all the same)`;
}
