import { describe, expect, test } from '@jest/globals';
import { waitUntil } from './wait-until.ts';

const soon = { timeoutMs: 10_000, everyMs: 1 };
const failing = (failures: readonly object[]) => {
  const left = failures.map((each) => Object.assign(new Error('no'), each));
  return async () => {
    const next = left.shift();
    if (next) throw next;
    return 'there';
  };
};

describe('waiting for AWS', () => {
  test.each([
    ['a connection that was cut', { code: 'ECONNRESET' }],
    ['a name that is not found for a moment', { code: 'EAI_AGAIN' }],
    ['a request that took too long', { name: 'TimeoutError' }],
    ['a service that is ill', { $metadata: { httpStatusCode: 503 } }],
    ['a service that is asked too often', { name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } }],
  ])('goes on after %s', async (_what, failure) => {
    expect(await waitUntil('it is there', failing([failure, failure]), soon)).toBe('there');
  });

  test('ends with a refusal', async () => {
    const refused = failing([{ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } }]);
    await expect(waitUntil('it is there', refused, soon)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('ends when the time is up, and tells the last answer', async () => {
    const patience = { timeoutMs: 0, everyMs: 1, fits: (answer: string) => answer === 'there' };
    await expect(waitUntil('it is there', async () => 'elsewhere', patience)).rejects.toThrow(
      "Waited 0 s in vain until it is there, still 'elsewhere'",
    );
  });
});
