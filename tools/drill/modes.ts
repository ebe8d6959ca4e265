import { deploy } from './deploy.ts';
import type { Drill, Limits } from './replacement.ts';
import { stopTasks, stopTasksUntilRequestsFail } from './stop-tasks.ts';
import { type Settings, services } from './tasks.ts';
import { type Check, judgeBroken, judgeHarmless, type Outcome } from './verdict.ts';

export const modeNames = ['deploy', 'stop-task', 'no-delay'] as const;
export type ModeName = (typeof modeNames)[number];

export type Mode = {
  title: string;
  /** Of its tasks. */
  settings: Settings;
  replace: (drill: Drill, limits: Limits) => Promise<void>;
  /** Of the outcome, when at least so many requests were wanted. */
  judge: (outcome: Outcome, requests: number) => Check[];
  /** Its requests count as the drill's. */
  isHarmless: boolean;
};

/** Tasks of each service. */
export const REPLICAS = 2;
const all = REPLICAS * services.length;

/** Those of docker-compose.yml. */
const usual: Settings = {};

export const modes: Readonly<Record<ModeName, Mode>> = {
  deploy: {
    title: 'a deployment: each task replaced, deregistered, drained, stopped',
    settings: usual,
    replace: deploy,
    judge: (outcome, requests) => judgeHarmless(outcome, { requests, replicas: all }),
    isHarmless: true,
  },
  'stop-task': {
    title: 'StopTask: each task stopped without a word to the balancer, then replaced',
    settings: usual,
    replace: stopTasks,
    judge: (outcome, requests) => judgeHarmless(outcome, { requests, replicas: all }),
    isHarmless: true,
  },
  'no-delay': {
    title: 'the order broken on purpose: stopped tasks do not wait until the balancer has noticed',
    settings: { SHUTDOWN_DELAY_MS: '0' },
    replace: stopTasksUntilRequestsFail,
    judge: judgeBroken,
    isHarmless: false,
  },
};
