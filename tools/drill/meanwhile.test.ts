import { once } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { meanwhile } from './meanwhile.ts';

const never = new AbortController().signal;
const untilEnd = async (end: AbortSignal) => {
  if (!end.aborted) await once(end, 'abort');
  return 'ended';
};

describe('what runs meanwhile', () => {
  test('ends after the act, and gives its result', async () => {
    const steps: string[] = [];
    const run = async (end: AbortSignal) => {
      await untilEnd(end);
      steps.push('ran');
      return 'result';
    };
    const result = await meanwhile(run, never, async () => void steps.push('acted'));
    expect([result, steps]).toEqual(['result', ['acted', 'ran']]);
  });

  test('ends when the act fails, whose error is the one that counts', async () => {
    let end: AbortSignal | undefined;
    const run = (signal: AbortSignal) => {
      end = signal;
      return untilEnd(signal);
    };
    await expect(meanwhile(run, never, () => Promise.reject(new Error('the act')))).rejects.toThrow('the act');
    expect(end?.aborted).toBe(true);
  });

  test('breaks the act off when it breaks or ends by itself', async () => {
    const forever = () => new Promise<void>(() => undefined);
    await expect(meanwhile(() => Promise.reject(new Error('broken')), never, forever)).rejects.toThrow('broken');
    await expect(meanwhile(async () => 'early', never, forever)).rejects.toThrow('too early');
  });
});
