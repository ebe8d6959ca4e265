import { expect, test } from '@jest/globals';
import { safeError } from './safe-error.ts';

test('an error gives its type, message, stack and code, and nothing that a library hung on it', () => {
  const error = Object.assign(new TypeError('refused'), {
    code: 'ECONNREFUSED',
    request: { body: 'secret' },
    $response: { headers: { authorization: 'secret' } },
  });
  expect(Object.keys(safeError(error)).sort()).toEqual(['code', 'message', 'stack', 'type']);
  expect(safeError(error)).toMatchObject({ type: 'TypeError', message: 'refused', code: 'ECONNREFUSED' });
});

test('payment details are masked in the message, the stack, the code and every cause', () => {
  const root = Object.assign(new Error('sent pm_approve_1 with 4242 4242 4242 4242'), { code: 'pm_decline' });
  const text = JSON.stringify(
    safeError(new Error('charge of pm_slow failed', { cause: new Error('again', { cause: root }) })),
  );
  expect(text).toContain('charge of [masked] failed');
  expect(text).toContain('sent [masked] with [masked]');
  expect(text).not.toMatch(/pm_|4242 4242/);
});

test('a cause that leads back to its error ends', () => {
  const error = new Error('round');
  error.cause = error;
  expect(JSON.stringify(safeError(error)).length).toBeLessThan(20_000);
});

test('what is no error is written as text, masked', () => {
  expect(safeError('pm_approve')).toEqual({ type: 'string', message: '[masked]' });
  expect(safeError({ paymentMethod: 'pm_approve' })).toEqual({ type: 'object', message: '[object Object]' });
});
