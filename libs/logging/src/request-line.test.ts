import { afterAll, expect, test } from '@jest/globals';
import { context, ROOT_CONTEXT, TraceFlags, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { createLogger } from './logging.ts';
import { logRequestLine, type RequestLevel } from './request-line.ts';

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
afterAll(() => context.disable());

const spanContext = {
  traceId: '5759e988bd862e3fe1be46a994272793',
  spanId: '53995c3f42cd8ad8',
  traceFlags: TraceFlags.NONE,
};
const answered = { method: 'GET', route: '/v1/"odd"/:sku', status: 200, durationMs: 1.5 };

function logged(level: string, write: (log: ReturnType<typeof createLogger>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  const origin = { service: 'order', version: '1', taskId: 'task "1"', availabilityZone: 'eu-west-1a' };
  write(createLogger({ ...origin, level, destination: { write: (line) => lines.push(line) } }));
  return lines.map((line) => JSON.parse(line));
}

test.each(['debug', 'info', 'error'] as RequestLevel[])(
  'at %s the line of a request is what pino would write',
  (level) => {
    const [ours, theirs] = context.with(trace.setSpanContext(ROOT_CONTEXT, spanContext), () =>
      logged('debug', (log) => {
        logRequestLine(log, level, answered);
        log[level](answered, 'request');
      }),
    );
    expect(ours).toMatchObject({ trace_id: spanContext.traceId, span_id: spanContext.spanId, level, ...answered });
    expect({ ...ours, time: 0 }).toEqual({ ...theirs, time: 0 });
    expect(Math.abs(Number(ours?.time) - Number(theirs?.time))).toBeLessThan(60_000);
  },
);

test('outside a span the line has no ids', () => {
  const [line] = logged('info', (log) => logRequestLine(log, 'info', answered));
  expect(Object.keys(line ?? {})).not.toContain('trace_id');
});

test('a line below the level of its logger, or of its child, is not written', () => {
  const lines = logged('info', (log) => {
    logRequestLine(log, 'debug', answered);
    logRequestLine(log.child({}, { level: 'error' }), 'info', answered);
    logRequestLine(log.child({}), 'info', answered);
  });
  expect(lines).toHaveLength(1);
});
