// npm run infra:why: says why tasks of ECS stopped. Exit 1 when there is no stopped task in what it was given.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { PROJECT } from '../infra/project.ts';
import { profileNames } from '../infra-check/resolve/read-infra.ts';
import { keptTasks } from './kept-events.ts';
import { readTasks } from './read-tasks.ts';
import { renderTask } from './render-task.ts';
import { isOf } from './service-filter.ts';
import { readSince } from './since.ts';
import type { StoppedTask } from './stopped-task.ts';

const KEPT_BY_DEFAULT = 10;

const USAGE = `Usage: npm run infra:why -- --profile NAME [--service NAME] [--since TIME] [--last N] [--task ARN]
       npm run infra:why -- [--event FILE] [--service NAME] [--last N] [--task ARN]

Says why tasks stopped, the latest first: the cause, what it was seen from, how to mend it, and the command to run next.

With --profile it asks CloudWatch Logs for the events that observability.yaml keeps in /aws/events/${PROJECT}-NAME. Region,
credentials and AWS_ENDPOINT_URL are those of every AWS tool.
Without, it reads FILE, or else standard input: events of ECS, or what the AWS CLI answers:

  aws ecs describe-tasks --cluster ${PROJECT}-workshop --tasks ARN | npm run --silent infra:why

  --profile NAME   ${profileNames.join(' or ')}; --environment is the same
  --since TIME     with --profile: how far back, such as 30m, 2h, 3d or 2026-03-02T10:00Z (default 1d)
  --service NAME   tasks of that service or job only, such as order or reconcile
  --task ARN       that task only; its id is enough
  --last N         the N that stopped last (with --profile ${KEPT_BY_DEFAULT}, otherwise all)
  --event FILE     events, in place of standard input
  --help           this text`;

const text = { type: 'string' } as const;
const options = { profile: text, environment: text, since: text, service: text, task: text, last: text, event: text };

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' }, ...options } });
  const profile = values.profile ?? values.environment;
  if (values.help || (profile === undefined && values.event === undefined && process.stdin.isTTY))
    return console.log(USAGE);
  if (profile !== undefined && values.event !== undefined)
    throw new Error('--profile reads from CloudWatch Logs and --event from a file: give one of them.');
  if (profile === undefined && values.since !== undefined) throw new Error('--since goes with --profile only.');
  const last = Number(values.last ?? (profile === undefined ? Number.POSITIVE_INFINITY : KEPT_BY_DEFAULT));
  if (!(last >= 1)) throw new Error(`--last is "${values.last}", and should be a number from 1 up`);
  const found =
    profile === undefined
      ? readTasks(readFileSync(values.event ?? 0, 'utf8'))
      : await tasksOf(profile, values.since ?? '1d');
  const { task, service } = values;
  const chosen = found
    .filter(({ taskArn }) => task === undefined || taskArn === task || taskArn.endsWith(`/${task}`))
    .filter((each) => service === undefined || isOf(service, each));
  console.log(
    chosen.length > 0 ? chosen.slice(0, last).map(renderTask).join('\n\n') : 'There is no such stopped task in it.',
  );
  if (chosen.length > last) console.log(`\n${chosen.length - last} stopped before; --last shows more.`);
  if (chosen.length === 0) process.exitCode = 1;
}

function tasksOf(profile: string, since: string): Promise<StoppedTask[]> {
  if (!profileNames.some((name) => name === profile))
    throw new Error(`--profile is "${profile}", and should be ${profileNames.join(' or ')}`);
  return keptTasks({ shop: `${PROJECT}-${profile}`, from: readSince(since, Date.now()) });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
