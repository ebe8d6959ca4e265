import { type Context, TraceFlags } from '@opentelemetry/api';
import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { ExportTarget } from './export-target.ts';
import { sendSpans } from './send-spans.ts';
import { createSpanBatch } from './span-batch.ts';

/** Batches under way at once; a collector that is slower than that loses spans rather than the task its memory. */
const batchesUnderWay = 8;

export type SpanQueue = SpanProcessor & {
  /** Gives up the exports under way. */
  abort(): void;
  /** Spans lost because the collector was away or too slow. */
  readonly lost: number;
};

/** Gathers finished spans and exports them when a batch is full or old enough. Nothing here waits for the collector. */
export function createSpanQueue(target: ExportTarget, send: typeof sendSpans = sendSpans): SpanQueue {
  const underWay = new Set<Promise<void>>();
  const aborting = new AbortController();
  const batch = createSpanBatch();
  let timer: NodeJS.Timeout | undefined;
  let lost = 0;

  function release(): void {
    clearTimeout(timer);
    timer = undefined;
    if (batch.size === 0) return;
    const { size } = batch;
    const body = batch.take();
    if (underWay.size === batchesUnderWay) {
      lost += size;
      return;
    }
    const sending = send(target, body, aborting.signal).catch(() => {
      lost += size;
    });
    underWay.add(sending);
    sending.then(() => underWay.delete(sending));
  }

  async function forceFlush(): Promise<void> {
    release();
    await Promise.all(underWay);
  }

  return {
    onStart(_span: Span, _context: Context): void {},
    onEnd(span: ReadableSpan): void {
      if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) === 0) return;
      if (!batch.add(span)) {
        release();
        if (!batch.add(span)) lost += 1;
      }
      timer ??= setTimeout(release, target.delayMs).unref();
    },
    forceFlush,
    shutdown: forceFlush,
    abort: () => aborting.abort(),
    get lost() {
      return lost;
    },
  };
}
