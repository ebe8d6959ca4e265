// npm run start-check: npm start as a user meets it, on a data folder of its own and the shop's real ports.

import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createChecklist } from '../checklist.ts';
import { ports } from '../shop/addresses.ts';
import { findTakenPorts } from '../shop/ports.ts';
import { answerHelp } from '../usage.ts';
import { pasteIntoShell } from './paste.ts';
import { startRun } from './shop-run.ts';

answerHelp(`Usage: npm run start-check

Runs npm start as a user meets it, in a data folder of its own and on the shop's real ports: the printed lines place an order,
Ctrl-C leaves nothing, the second start finds the order.`);

const SECOND_START_LIMIT_S = 10;
const dataFolder = mkdtempSync(join(tmpdir(), 'shop-data-'));
const { check, finish } = createChecklist();
let orderId = '';

await check('npm start opens a fresh shop', async (note) => {
  await using run = startRun(dataFolder);
  const { seconds, curlLines } = await run.untilOpen();
  note(`${seconds} s`);

  await check('the three printed lines place an order', async () => {
    assert.equal(curlLines.length, 3);
    const [placed, listed] = await pasteIntoShell(curlLines);
    assert.equal(placed?.status, 'confirmed');
    assert.deepEqual(
      listed?.items?.map((order) => order.orderId),
      [placed?.orderId],
    );
    orderId = String(placed?.orderId);
  });
  await check('Ctrl-C stops it and leaves nothing', async () => {
    assert.equal(await run.pressCtrlC(), 0);
    assert.deepEqual(run.processesLeft(), []);
    assert.deepEqual(await findTakenPorts(ports), []);
  });
});

await check('a second npm start keeps the data', async (note) => {
  await using run = startRun(dataFolder);
  const { seconds, curlLines } = await run.untilOpen();
  note(`${seconds} s`);
  assert.ok(seconds <= SECOND_START_LIMIT_S, `it took ${seconds} s`);
  const [listed] = await pasteIntoShell([curlLines[0], curlLines[2]]);
  assert.deepEqual(
    listed?.items?.map((order) => order.orderId),
    [orderId],
  );

  await check('a runner that is killed hard leaves nothing either', async () => {
    run.kill(/node tools\/shop\/main\.ts/);
    await run.untilGone();
    assert.deepEqual(await findTakenPorts(ports), []);
  });
});

await check('a crashed service ends the shop with one clear line', async () => {
  await using run = startRun(dataFolder);
  await run.untilOpen();
  run.kill(/^\S+ --watch-preserve-output apps\/order\/src\/main\.ts/);
  const { code, errors } = await run.untilEnd();
  assert.equal(code, 1);
  assert.match(errors, /^order crashed/m);
  assert.deepEqual(run.processesLeft(), []);
});

await check('a taken port is one clear line', async () => {
  const server = createServer().listen(ports.catalog, '127.0.0.1');
  await using run = startRun(dataFolder);
  const { code, errors } = await run.untilEnd();
  server.close();
  assert.equal(code, 1);
  // npm may have something to say about the user's own configuration.
  const lines = errors.split('\n').filter((line) => line !== '' && !line.startsWith('npm '));
  assert.equal(lines.length, 1, errors);
  assert.match(errors, new RegExp(`^Port ${ports.catalog}, which catalog needs, is taken`, 'm'));
});

await rm(dataFolder, { recursive: true });
finish();
