import { describe, expect, test } from '@jest/globals';
import { formatLogLine } from './log-line.ts';

const base = { level: 'info', time: Date.UTC(2026, 0, 1, 12, 34, 56, 789), service: 'order', version: '0.0.0' };
const format = (fields: object) => formatLogLine('order', JSON.stringify({ ...base, ...fields }));

describe('a log line on the terminal', () => {
  test('of a request says what was asked, how it ended, and its trace', () => {
    expect(
      format({
        trace_id: 'a1',
        span_id: 'b2',
        method: 'POST',
        route: '/v1/orders',
        status: 201,
        durationMs: 34.1,
        msg: 'request',
      }),
    ).toBe('order           12:34:56.789 info  POST /v1/orders 201 34.1 ms trace_id=a1');
  });

  test('of anything else is its message with its own fields', () => {
    expect(format({ msg: 'listening', address: 'x', at: { port: 1 } })).toBe(
      'order           12:34:56.789 info  listening address=x at={"port":1}',
    );
  });

  test('of an error has its stack below', () => {
    expect(format({ level: 'error', msg: 'broken', err: { stack: 'Error: no\n  at x' } })).toBe(
      'order           12:34:56.789 error broken\n    Error: no\n      at x',
    );
  });

  test.each(['plain words', '{ half'])('that is no JSON stays as it is: %s', (line) => {
    expect(formatLogLine('order', line)).toBe(`order           ${line}`);
  });
});
