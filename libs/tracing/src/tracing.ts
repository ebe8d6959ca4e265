import { context, propagation, trace } from '@opentelemetry/api';
import { CompositePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { AWSXRayPropagator } from '@opentelemetry/propagator-aws-xray';
import { envDetector } from '@opentelemetry/resources';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { AlwaysOffSampler, NoopSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { FastifyPluginCallback } from 'fastify';
import { exportTarget } from './export-target.ts';
import { requestSpans } from './request-spans.ts';
import { samplerOf } from './sampler.ts';
import { createSpanQueue } from './span-queue.ts';
import { createServerSpans } from './start-server-span.ts';
import { type TaskAttributes, taskResource } from './task-resource.ts';
import { createTraceIds } from './trace-ids.ts';

export type { TaskAttributes } from './task-resource.ts';

export type TracingOptions = {
  service: string;
  version: string;
  taskAttributes?: TaskAttributes | undefined;
  /** The standard `OTEL_*` variables: endpoint, protocol, headers, timeout, sampler, batch delay. */
  environment: Readonly<Record<string, string | undefined>>;
};

export type Tracing = {
  /** A server span for each request, named by its route; the span is active for all the request does. */
  plugin: FastifyPluginCallback;
  /** Exports what has ended, for at most so many milliseconds, and gives the global OpenTelemetry API back. */
  stop(deadlineMs: number): Promise<void>;
};

/**
 * Starts OpenTelemetry for the process (once: its API is global) without touching any module: spans come from hooks and
 * from explicit calls of `@opentelemetry/api`, so source and bundle behave the same. Trace ids are read from and sent
 * as W3C `traceparent` and as X-Ray `X-Amzn-Trace-Id`. Without `OTEL_EXPORTER_OTLP_ENDPOINT` every request still has
 * valid ids, for its log lines and its callees, and nothing is recorded.
 */
export function startTracing({ service, version, taskAttributes, environment }: TracingOptions): Tracing {
  const traceIds = createTraceIds();
  const target = exportTarget(environment);
  const queue = target && createSpanQueue(target);
  const sampler = queue ? samplerOf(environment) : new AlwaysOffSampler();
  const sdk = new NodeSDK({
    resource: taskResource({ service, version, taskAttributes }),
    resourceDetectors: [envDetector],
    textMapPropagator: new CompositePropagator({
      propagators: [new AWSXRayPropagator(), new W3CTraceContextPropagator()],
    }),
    idGenerator: traceIds,
    sampler,
    spanProcessors: [queue ?? new NoopSpanProcessor()],
    metricReaders: [],
    logRecordProcessors: [],
    instrumentations: [],
  });
  sdk.start();

  async function stop(deadlineMs: number): Promise<void> {
    const deadline = Promise.withResolvers<void>();
    const timer = setTimeout(deadline.resolve, deadlineMs);
    await Promise.race([sdk.shutdown(), deadline.promise]);
    clearTimeout(timer);
    queue?.abort();
    trace.disable();
    context.disable();
    propagation.disable();
  }

  const startServerSpan = createServerSpans(trace.getTracer('@shop/tracing', version), traceIds, sampler);
  return { plugin: requestSpans(startServerSpan), stop };
}
