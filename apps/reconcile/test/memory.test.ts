import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import type { Measured } from './memory-of-runs.ts';

const script = fileURLToPath(new URL('./memory-of-runs.ts', import.meta.url));
const FEW = 3000;
const MANY = 10 * FEW;

test.each([
  ['clean', 'clean'],
  ['ruined', 'different'],
])('ten times the orders take no more memory, in a shop that is %s', async (state, outcome) => {
  const args = ['--expose-gc', script, String(FEW), String(MANY), state];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect(stderr).toBe('');
  const [, few, many] = JSON.parse(stdout) as Measured[];
  expect(many).toMatchObject({ orders: MANY, outcome });
  const growth = Number(many?.peakBytes) - Number(few?.peakBytes);
  // To remember nothing but the id of each order would take twice as much.
  expect(growth).toBeLessThan(30 * (MANY - FEW));
});
