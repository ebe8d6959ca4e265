import { inspect } from 'node:util';
import { expect, test } from '@jest/globals';
import { pino } from 'pino';
import { createStaticSecret, SecretValue } from './secrets.ts';

const secret = new SecretValue('hunter2');

test('a secret value gives itself away to reveal only', () => {
  expect(secret.reveal()).toBe('hunter2');
});

test.each([
  ['String()', () => String(secret)],
  ['a template', () => `${secret}`],
  ['concatenation', () => `Bearer ${secret}`],
  ['JSON', () => JSON.stringify({ secret })],
  ['inspect', () => inspect({ secret }, { showHidden: true, depth: null })],
  ['an error', () => inspect(new Error('failed', { cause: secret }))],
])('%s shows it as [secret]', (_way, show) => {
  expect(show()).toContain('[secret]');
  expect(show()).not.toContain('hunter2');
});

test('a copy of its properties holds nothing', () => {
  expect(JSON.stringify({ ...secret })).toBe('{}');
});

test('a log line shows it as [secret]', () => {
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => lines.push(line) });
  log.info({ secret, nested: { secret } }, 'started with %s', secret);
  expect(lines.join()).toContain('"secret":"[secret]"');
  expect(lines.join()).not.toContain('hunter2');
});

test('a static secret gives the same value however it is asked', async () => {
  const fixed = createStaticSecret('local-key');
  expect((await fixed.read()).reveal()).toBe('local-key');
  expect(await fixed.refresh()).toBe(await fixed.read());
});
