import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { createLineWriter } from './line-writer.ts';

/** A program that writes lines to the pipe that is its standard output, and talks to us by messages. */
function run(code: string): ChildProcess {
  const start = `import { createLineWriter } from ${JSON.stringify(fileURLToPath(new URL('./line-writer.ts', import.meta.url)))}; const lines = createLineWriter();`;
  return spawn(process.execPath, ['--input-type=module-typescript', '-e', start + code], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
}

test('lines of every size arrive whole and in order', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lines-'));
  const file = join(folder, 'out');
  const writer = createLineWriter({ fd: openSync(file, 'w') });
  const lines = Array.from({ length: 3_000 }, (_, index) => `${index} ${'ü€𝄞'.repeat(index % 50)}\n`);
  lines.splice(1_500, 0, `${'long ü'.repeat(50_000)}\n`);
  for (const line of lines) writer.write(line);
  await new Promise<void>((resolve) => writer.flush(resolve));
  expect(readFileSync(file, 'utf8') === lines.join('')).toBe(true);
  await rm(folder, { recursive: true });
});

test('a line does not wait for others', async () => {
  const child = run(`lines.write('alone\\n'); setInterval(() => {}, 1_000);`);
  const [text] = await once(child.stdout ?? child, 'data');
  expect(String(text)).toBe('alone\n');
  child.kill();
});

test('a reader that has stopped reading blocks nothing, and what is kept for it is bounded', async () => {
  const child = run(`
    const line = 'x'.repeat(999) + '\\n';
    for (let megabyte = 0; megabyte < 64; megabyte++) {
      for (let count = 0; count < 1_000; count++) lines.write(line);
      await new Promise(setImmediate);
    }
    process.send(process.memoryUsage().arrayBuffers);
    process.disconnect();
  `);
  const [kept] = await once(child, 'message');
  expect(kept).toBeLessThan(20 * 1024 * 1024);
  child.kill('SIGKILL');
});

test('a reader that has gone does not end the process', async () => {
  const child = run(`
    process.on('message', () => {
      for (let count = 0; count < 1_000; count++) lines.write('x'.repeat(999) + '\\n');
      lines.flush(() => process.exit(7));
    });
    process.send('ready');
  `);
  await once(child, 'message');
  child.stdout?.destroy();
  child.send('go');
  expect(await once(child, 'exit')).toEqual([7, null]);
});
