import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Part, startPart } from './part.ts';

/** Answers on a socket in its folder, which Node unlinks when it stops listening. */
const serve = `
  import { createServer } from 'node:http';
  import { rmSync } from 'node:fs';
  rmSync('socket', { force: true });
  createServer((_, response) => response.end()).listen('socket', () => console.log('up ' + process.pid));
`;

describe('a part of the shop', () => {
  let root: string;
  let part: Part;
  let lines: string[];
  let tell: () => void;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'part-'));
    lines = [];
    tell = () => {};
  });
  afterEach(async () => {
    part.kill();
    await part.stop(0);
    rmSync(root, { recursive: true });
  });

  const write = (text: string) => writeFileSync(join(root, 'part.mjs'), text);

  function start(text: string, { watch = false, environment = process.env } = {}) {
    write(text);
    const heard = (line: string) => {
      lines.push(line);
      tell();
    };
    part = startPart({
      name: 'order',
      entry: 'part.mjs',
      watch,
      root,
      environment,
      isReady: () => answers(join(root, 'socket')),
      onLine: heard,
      onNews: heard,
      onDeath: heard,
    });
    return part;
  }

  /** Resolves to the first line that matches, which may have been written before. */
  async function line(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = lines.find((each) => pattern.test(each));
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        tell = resolve;
      });
    }
  }

  test('tells its lines, gets ready, and stops when it is told to', async () => {
    start(`${serve}process.on('SIGTERM', () => { console.error('bye'); process.exit(0); });`);
    await part.untilReady();
    await part.stop(10_000);
    expect(lines).toEqual([expect.stringMatching(/^up/), 'bye']);
  });

  test('that dies while starting is reported after its last words', async () => {
    start("console.error('PORT is missing');\nprocess.exit(3);");
    await line(/^order/);
    expect(lines).toEqual([
      'PORT is missing',
      'order ended with exit code 3 while starting: its last lines above say why.',
    ]);
  });

  test('that dies while starting is reported although it is watched', async () => {
    start("console.error('PORT is missing');\nprocess.exit(3);", { watch: true });
    await line(/^order/);
    expect(lines).toEqual(['PORT is missing', 'order crashed while starting: its last lines above say why.']);
  });

  test('that is killed is reported', async () => {
    start(serve);
    await part.untilReady();
    process.kill(part.leader, 'SIGKILL');
    expect(await line(/^order/)).toBe('order was ended by SIGKILL: its last lines above say why.');
  });

  test('that is watched and crashes without an edit is reported, on a terminal with colours too', async () => {
    start(serve, { watch: true, environment: { ...process.env, FORCE_COLOR: '1' } });
    await part.untilReady();
    process.kill(Number(lines[0]?.split(' ')[1]), 'SIGKILL');
    expect(await line(/^order/)).toBe('order crashed: its last lines above say why.');
  });

  test('that an edit breaks waits for the edit that mends it', async () => {
    start(serve, { watch: true });
    await part.untilReady();
    write('not JavaScript');
    expect(await line(/^order/)).toBe('order does not run with this edit; waiting for the next one.');
    write(`${serve}\n`);
    expect(await line(/edited/)).toBe('order runs the edited code.');
  });

  test('that does not want to stop is killed after the deadline, with all that it started', async () => {
    start(`
      ${serve}
      import { spawn } from 'node:child_process';
      spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { stdio: 'inherit' });
      process.on('SIGTERM', () => console.log('no'));
    `);
    await part.untilReady();
    // Resolves when nobody holds its output any more.
    await part.stop(300);
    expect(lines.at(-1)).toBe('no');
  });
});

function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const attempt = request({ socketPath }, (response) => {
      response.resume();
      resolve(true);
    });
    attempt.on('error', () => resolve(false));
    attempt.end();
  });
}
