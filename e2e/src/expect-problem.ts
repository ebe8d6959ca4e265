import { expect } from '@jest/globals';
import type { Answer } from './customer.ts';

/** An error as a service answers it: a problem (RFC 9457) with its own code, its page and the trace to look for. */
export function expectProblem({ status, headers, body }: Answer<unknown>, expected: number, code: string) {
  expect([status, body]).toEqual([
    expected,
    expect.objectContaining({
      type: `/problems/${code.toLowerCase().replaceAll('_', '-')}`,
      title: expect.any(String),
      status: expected,
      code,
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    }),
  ]);
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json(;|$)/);
}
