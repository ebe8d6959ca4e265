import { TraceFlags } from '@opentelemetry/api';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { ExportTarget } from './export-target.ts';
import { otlpJson } from './otlp-json.ts';
import { otlpProtobuf } from './otlp-protobuf.ts';
import { createSpanSender } from './send-spans.ts';
import { createSpanBatch, type SpanBatch } from './span-batch.ts';

const bytesPerScope = 256 * 1024;
/** Batches under way at once; a collector that is slower than that loses spans rather than the task its memory. */
const mostUnderWay = 8;

export type SpanQueue = SpanProcessor & {
  /** Gives up the exports under way. */
  abort(): void;
};

/** Gathers finished spans and exports them when a batch is full or old enough. Nothing here waits for the collector. */
export function createSpanQueue(target: ExportTarget): SpanQueue {
  const format = target.protocol === 'http/json' ? otlpJson : otlpProtobuf;
  const send = createSpanSender(target, format.contentType);
  const underWay = new Set<Promise<void>>();
  const spares: SpanBatch[] = [];
  const aborting = new AbortController();
  let batch = createSpanBatch(format, bytesPerScope);
  let timer: NodeJS.Timeout | undefined;

  function release(): void {
    clearTimeout(timer);
    timer = undefined;
    if (batch.size === 0) return;
    if (underWay.size === mostUnderWay) {
      batch.clear();
      return;
    }
    const sent = batch;
    batch = spares.pop() ?? createSpanBatch(format, bytesPerScope);
    // What a collector refuses is lost: there is nobody to tell, and no request may hear of it.
    const sending = send(sent.body(), aborting.signal).catch(() => {});
    underWay.add(sending);
    sending.then(() => {
      underWay.delete(sending);
      sent.clear();
      spares.push(sent);
    });
  }

  async function flush(): Promise<void> {
    release();
    await Promise.all(underWay);
  }

  return {
    onStart() {},
    onEnd(span: ReadableSpan): void {
      if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) === 0) return;
      if (!batch.add(span)) {
        release();
        batch.add(span);
      }
      timer ??= setTimeout(release, target.delayMs).unref();
    },
    forceFlush: flush,
    shutdown: flush,
    abort: () => aborting.abort(),
  };
}
