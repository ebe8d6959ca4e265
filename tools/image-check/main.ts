// What the images weigh and how fast they start. Exit 1 when a goal is missed.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { median } from '../bench/summary.ts';
import { answerHelp } from '../usage.ts';
import { ADDED_LIMIT_BYTES, addedBytes, buildImage } from './image.ts';
import { measureStarts } from './start-figures.ts';

answerHelp(`Usage: npm run image-check [-- --runs N]

Builds the images of the three services and measures what they add to their base and how they start: free, without the compile cache,
and at the CPU of the smallest task. Ends with 1 when a goal is missed.

  --runs N  starts of each; default 15`);

const root = join(import.meta.dirname, '../..');
const goals = { addedMB: ADDED_LIMIT_BYTES / 1e6, listeningMs: 250, residentMB: 110 };
const SMALLEST_TASK = '0.25';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '15' },
  },
});
const runs = Number(values.runs);
const missed: string[] = [];
const table = new Table({
  head: [
    'image',
    'added to the base',
    'start to listening',
    'resident',
    'without compile cache',
    `at ${SMALLEST_TASK} vCPU`,
  ],
  style: { head: [], border: [] },
});

console.log(`Building three images and starting each ${runs} times, in three ways...`);
for (const app of ['catalog', 'order', 'payment']) {
  const tag = await buildImage(root, `apps/${app}`);
  const free = await measureStarts({ image: tag, runs });
  const uncached = await measureStarts({ image: tag, runs, variables: { NODE_DISABLE_COMPILE_CACHE: '1' } });
  const limited = await measureStarts({ image: tag, runs, cpus: SMALLEST_TASK });
  const figures = {
    addedMB: (await addedBytes(tag)) / 1e6,
    listeningMs: median(free.map(({ listeningMs }) => listeningMs)),
    residentMB: median(free.map(({ residentKiB }) => (residentKiB * 1024) / 1e6)),
  };
  const [uncachedMs, limitedMs] = [uncached, limited].map((starts) =>
    median(starts.map(({ listeningMs }) => listeningMs)),
  );
  table.push([
    app,
    `${figures.addedMB.toFixed(1)} MB`,
    `${Math.round(figures.listeningMs)} ms`,
    `${Math.round(figures.residentMB)} MB`,
    `${Math.round(Number(uncachedMs))} ms`,
    `${Math.round(Number(limitedMs))} ms`,
  ]);
  for (const [name, goal] of Object.entries(goals)) {
    const figure = figures[name as keyof typeof figures];
    if (figure > goal) missed.push(`${app}: ${name} is ${figure.toFixed(1)}, the goal is ${goal}`);
  }
}
console.log(table.toString());
console.log(
  `Medians of ${runs} starts. Goals: at most ${goals.addedMB} MB added, ${goals.listeningMs} ms, ${goals.residentMB} MB resident.`,
);
for (const each of missed) console.error(`Goal missed: ${each}`);
process.exitCode = missed.length > 0 ? 1 : 0;
