// npm start: the whole shop on this machine.
import { rmSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { answerHelp } from '../usage.ts';
import { ports } from './addresses.ts';
import { compileCache, databaseEnvironment } from './environment.ts';
import { watchInterrupts } from './interrupts.ts';
import { findTakenPorts } from './ports.ts';
import { createShop } from './shop.ts';
import { openShopLog } from './shop-log.ts';
import { welcome } from './welcome.ts';

answerHelp(`Usage: npm start [-- --fresh] [--data FOLDER]

Runs the whole shop from source on this machine, restarts a service when its code is edited, and prints how to place an order.
Ctrl-C stops it; the data stays.

  --fresh        empties the tables first
  --data FOLDER  where tables and logs are; default .data`);

const root = join(import.meta.dirname, '../..');

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { fresh: { type: 'boolean' }, data: { type: 'string', default: '.data' } },
  });
  const dataFolder = resolve(root, values.data);
  const taken = await findTakenPorts(ports);
  if (taken.length > 0) return fail(taken.join('\n'));
  const dataPath = join(dataFolder, 'dynamodb');
  if (values.fresh) rmSync(dataPath, { recursive: true, force: true });
  Object.assign(process.env, databaseEnvironment);
  enableCompileCache(compileCache);

  const startedAt = performance.now();
  const outcome = Promise.withResolvers<'stop' | Error>();
  const log = openShopLog(dataFolder, console.log);
  const shop = createShop({
    root,
    dataPath,
    log,
    onDeath: (sentence) => outcome.resolve(new Error(sentence)),
  });
  watchInterrupts({
    onStop: () => outcome.resolve('stop'),
    onForce: () => {
      shop.kill();
      process.exit(fail('Everything was ended at once, by a second Ctrl-C.'));
    },
  });
  const shownFolder = `${relative(root, dataFolder)}/`;
  console.log(`Starting the shop. Its data is kept in ${shownFolder}; npm start -- --fresh empties it.\n`);
  shop.start().then(() => {
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(welcome({ seconds, logFile: relative(process.cwd(), log.file) }));
  }, outcome.resolve);

  const end = await outcome.promise;
  if (end === 'stop') console.log('\nStopping...');
  await shop.stop();
  if (end === 'stop') console.log(`Everything has stopped; the data stays in ${shownFolder}.`);
  return end === 'stop' ? 0 : fail(end.message);
}

function fail(lines: string): number {
  console.error(lines);
  return 1;
}

main().then(
  (code) => process.exit(code),
  (error: Error) => process.exit(fail(error.message)),
);
