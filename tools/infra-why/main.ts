// npm run infra:why: says why tasks of ECS stopped. Exit 1 when there is no stopped task in what it was given.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readTasks } from './read-tasks.ts';
import { renderTask } from './render-task.ts';

const USAGE = `Usage: npm run infra:why -- [--event FILE] [--task ARN] [--last N]

Says why tasks stopped: the cause, what it was seen from, and how to mend it. It reads FILE, or else standard input: events of ECS,
or what the AWS CLI answers. observability.yaml keeps the events in /aws/events/PROJECT-ENVIRONMENT:

  aws logs filter-log-events --log-group-name /aws/events/fargate-shop-workshop \\
    --filter-pattern '{ $.detail.lastStatus = "STOPPED" }' | npm run --silent infra:why -- --last 3
  aws ecs describe-tasks --cluster fargate-shop-workshop --tasks ARN | npm run --silent infra:why

  --event FILE  events, in place of standard input
  --task ARN    that task only; its id is enough
  --last N      the N that stopped last`;

function main(): void {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: { help: { type: 'boolean', short: 'h' }, event: text, task: text, last: text },
  });
  if (values.help || (values.event === undefined && process.stdin.isTTY)) {
    console.log(USAGE);
    return;
  }
  const last = values.last === undefined ? Number.POSITIVE_INFINITY : Number(values.last);
  if (!(last >= 1)) throw new Error(`--last is "${values.last}", and should be a number from 1 up`);
  const tasks = readTasks(readFileSync(values.event ?? 0, 'utf8'))
    .filter(
      ({ taskArn }) => values.task === undefined || taskArn === values.task || taskArn.endsWith(`/${values.task}`),
    )
    .slice(0, last);
  console.log(tasks.length > 0 ? tasks.map(renderTask).join('\n\n') : 'There is no such stopped task in it.');
  if (tasks.length === 0) process.exitCode = 1;
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
