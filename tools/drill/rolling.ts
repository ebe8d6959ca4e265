// npm run drill:rolling: every task of the shop is replaced under load. See --help.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Timings } from '../load-balancer/timings.ts';
import { readArguments, USAGE } from './arguments.ts';
import { type DrillRun, runDrill } from './drill-run.ts';
import { type ModeName, modes, REPLICAS } from './modes.ts';
import type { Limits } from './replacement.ts';
import { type ModeRun, runMode } from './run-mode.ts';
import { type SummaryRow, summaryTable } from './summary.ts';

const SHOWN_FAILURES = 20;
/** As many as show that the load met the failure, not the other way round. */
const REQUESTS_OF_BROKEN_MODE = 500;
const root = join(import.meta.dirname, '../..');
const { container, targetGroup }: Timings = JSON.parse(readFileSync(join(root, 'infra/timings.json'), 'utf8'));
const limits: Limits = { ...container, ...targetGroup };

async function main(): Promise<number> {
  const wanted = readArguments(process.argv.slice(2));
  if (!wanted) {
    console.log(USAGE);
    return 0;
  }
  const { build, keep, concurrency } = wanted;
  const share = Math.ceil(wanted.requests / wanted.modes.filter((name) => modes[name].isHarmless).length);
  const rows: SummaryRow[] = [];

  return runDrill({ keep }, async ({ stack, tasks, signal, judge }: DrillRun) => {
    console.log(`Starting the shop as ${stack.project}, two tasks of each service...`);
    let { settings } = modes[wanted.modes[0] ?? 'deploy'];
    await tasks.startAll(REPLICAS, settings, { build });
    for (const name of wanted.modes) {
      const mode = modes[name];
      console.log(`\n== ${name}: ${mode.title}`);
      if (mode.settings !== settings) await tasks.renewAll(REPLICAS, mode.settings);
      settings = mode.settings;
      const requests = mode.isHarmless ? share : REQUESTS_OF_BROKEN_MODE;
      const run = await runMode(mode, { stack, tasks, requests, concurrency, limits, signal });
      tellFailures(run);
      if (!judge(mode.judge(run.outcome, requests))) keepLogs(name, run);
      const { report, seconds, outcome } = run;
      rows.push({ mode: name, report, seconds, replaced: outcome.stopped.length, orders: outcome.orders.placed });
    }
    console.log(`\n${summaryTable(rows)}`);
  });
}

function tellFailures({ failures }: ModeRun): void {
  for (const line of failures.slice(0, SHOWN_FAILURES)) console.log(line);
  if (failures.length > SHOWN_FAILURES) console.log(`and ${failures.length - SHOWN_FAILURES} more`);
}

/** The containers are gone, and the cause stands in what they said. */
function keepLogs(mode: ModeName, { stopped, failures }: ModeRun): void {
  const folder = join(root, '.data/drill', mode);
  mkdirSync(folder, { recursive: true });
  for (const { replica, log } of stopped) writeFileSync(join(folder, `${replica.name}.log`), log);
  writeFileSync(join(folder, 'failures.log'), `${failures.join('\n')}\n`);
  console.log(`The logs of the stopped tasks are in ${folder}.`);
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
