import { parseArgs } from 'node:util';
import { type ModeName, modeNames } from './modes.ts';

export const USAGE = `Usage: npm run drill:rolling -- [--mode MODE]... [--requests N] [--concurrency N] [--no-build] [--keep]

Runs the shop in containers with two tasks of each service, puts it under load, and replaces every task meanwhile.

  --mode MODE      deploy     as ECS deploys: new task, deregister the old one, drain, SIGTERM; no request may fail
                   stop-task  as StopTask and Fargate Spot: SIGTERM first; no request may fail
                   no-delay   stopped tasks do not wait for the balancer: requests must fail; default: all three
  --requests N     at least so many requests in deploy and stop-task together; default 20000
  --concurrency N  visitors at a time; default 12
  --no-build       with the images that are there
  --keep           leaves the containers for a look

TASK_CPUS is the CPU of a task, COMPOSE_PROJECT_NAME the name of the project, SHOP_VERSION the tag of the images.`;

export type Arguments = { modes: ModeName[]; requests: number; concurrency: number; build: boolean; keep: boolean };

/** Undefined when help is wanted; throws when the arguments do not fit. */
export function readArguments(args: readonly string[]): Arguments | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h' },
      mode: { type: 'string', multiple: true },
      requests: { type: 'string', default: '20000' },
      concurrency: { type: 'string', default: '12' },
      'no-build': { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const wanted = values.mode ?? modeNames;
  const unknown = wanted.find((name) => !(modeNames as readonly string[]).includes(name));
  if (unknown !== undefined) throw new Error(`There is no mode "${unknown}", only ${modeNames.join(', ')}.`);
  return {
    modes: modeNames.filter((name) => wanted.includes(name)),
    requests: countIn('--requests', values.requests),
    concurrency: countIn('--concurrency', values.concurrency),
    build: !values['no-build'],
    keep: values.keep,
  };
}

function countIn(option: string, text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new Error(`${option} is "${text}", and should be a number above 0.`);
  return Number(text);
}
