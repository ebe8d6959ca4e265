import { expect, test } from '@jest/globals';
import { freePort } from '@shop/testing/free-port';
import { amid } from './pause.ts';
import { createServiceProcess } from './service-process.ts';

const environment = { LOG_LEVEL: 'error', SHUTDOWN_DELAY_MS: '0' };

test('A process that was left paused still stops, so that a test that failed amid it does not hang', async () => {
  const issuer = createServiceProcess('dev-issuer', await freePort(), environment);
  await issuer.start();
  issuer.pause();
  expect(await issuer.stop('SIGTERM')).toEqual({ code: 0, signal: null });
}, 90_000);

test('A pause ends with what is done amid it, also when that fails', async () => {
  const told: string[] = [];
  const paused = {
    pause: () => told.push('paused') > 0,
    resume: () => told.push('resumed') > 0,
  };
  await expect(amid(paused, () => Promise.reject(new Error('no order')))).rejects.toThrow('no order');
  expect(await amid(paused, async () => told.length)).toBe(3);
  expect(told).toEqual(['paused', 'resumed', 'paused', 'resumed']);
});
