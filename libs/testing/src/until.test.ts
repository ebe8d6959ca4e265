import { expect, test } from '@jest/globals';
import { until } from './until.ts';

const quick = { everyMs: 1 };

test('asks until there is an answer, and gives it', async () => {
  const answers = [undefined, false, '', 0, null, 'here'] as const;
  let asked = 0;
  expect(await until('it is there', async () => answers[asked++], quick)).toBe('here');
  expect(asked).toBe(answers.length);
});

test('asks until the answer fits, even if that is none', async () => {
  let left = 3;
  expect(await until('none is left', () => --left, { ...quick, fits: (now) => now === 0 })).toBe(0);
});

test('fails in time, with what was waited for and what there was instead', async () => {
  const waiting = until('it is paid', () => ({ status: 'open' }), { ...quick, fits: () => false, timeoutMs: 5 });
  await expect(waiting).rejects.toThrow("Waited 5 ms in vain until it is paid, still { status: 'open' }");
});

test('fails at once when asking fails', async () => {
  const ask = () => Promise.reject(new Error('gone'));
  await expect(until('it is there', ask)).rejects.toThrow('gone');
});

test('is ended by its signal, between two questions too', async () => {
  const over = new AbortController();
  const waiting = until('it is there', () => false, { everyMs: 60_000, signal: over.signal });
  over.abort();
  await expect(waiting).rejects.toThrow('aborted');
  await expect(until('it is there', () => true, { signal: over.signal })).rejects.toThrow('aborted');
});
