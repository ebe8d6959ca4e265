import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { ProblemKind } from '@shop/contracts/problem';
import { createHealth } from '@shop/health';
import { createLogger, flushLogger, requestLogging, shareLogger } from '@shop/logging';
import { createMetrics } from '@shop/metrics';
import { createTaskMetadata } from '@shop/task-metadata';
import { startTracing } from '@shop/tracing';
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import { clientErrorHandler, type Refusal } from './client-error.ts';
import { errorHandler } from './error-handler.ts';
import { genericProblems } from './generic-problems.ts';
import { limitHandlers } from './handler-timeout.ts';
import { answerUnknownRoutes } from './not-found.ts';
import { describeApi } from './openapi.ts';
import { problemPages } from './problem-pages.ts';
import { compileAnswersOnce } from './serializers.ts';
import type { ServiceConfig } from './service-config.ts';
import { unavailable } from './to-problem.ts';
import { strictBodies } from './validator.ts';

/** Bodies are orders of at most 99 lines and products: 64 KiB is several times the largest. */
const BODY_LIMIT_BYTES = 64 * 1024;

/** A collector that is away must not hold up the stop. */
const FLUSH_DEADLINE_MS = 5000;

export type ServiceOptions = {
  name: string;
  description: string;
  config: ServiceConfig;
  /** The app's own errors; the generic ones are added. */
  problems: readonly ProblemKind[];
  /** Read for the ECS metadata endpoint and the standard OTEL_ variables. */
  environment?: Record<string, string | undefined>;
};

export type Service = Awaited<ReturnType<typeof createService>>;
export type App = Service['app'];

/**
 * A Fastify app with the manners of the house: logs, metrics, traces, probes, task page, API description, problems.
 * Nothing listens yet; `start` does that, and `close` releases everything in tests.
 */
export async function createService({ name, description, config, problems, environment = {} }: ServiceOptions) {
  const generic = genericProblems(name);
  const handleError = errorHandler(generic);
  const metrics = createMetrics({ service: name });
  const identity = { service: name, version: config.SERVICE_VERSION };
  const taskMetadata = createTaskMetadata({ environment, registry: metrics.registry });
  const task = await taskMetadata.taskAtStart();
  const log = createLogger({ ...identity, level: config.LOG_LEVEL, ...task });
  const tracing = startTracing({ ...identity, taskAttributes: task, environment });
  const health = createHealth({ registry: metrics.registry });
  const draining: (() => void)[] = [];

  const app = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    keepAliveTimeout: config.KEEP_ALIVE_TIMEOUT_MS,
    requestTimeout: config.REQUEST_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    childLoggerFactory: shareLogger,
    frameworkErrors(error, request, reply) {
      handleError(error, request, reply);
      refused({ method: request.method, status: reply.statusCode, reason: error.code });
    },
    clientErrorHandler: clientErrorHandler(generic, refused),
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.setValidatorCompiler(strictBodies());
  app.setSerializerCompiler(compileAnswersOnce());
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler(handleError);
  answerUnknownRoutes(app, generic);

  await app.register(tracing.plugin);
  limitHandlers(app, {
    timeoutMs: config.HANDLER_TIMEOUT_MS,
    failure: () => unavailable(generic, new Error(`The handler took more than ${config.HANDLER_TIMEOUT_MS} ms`)),
  });
  await app.register(requestLogging());
  await app.register(metrics.plugin);
  await app.register(health.plugin);
  await app.register(taskMetadata.plugin);
  await describeApi(app, { ...identity, name, description });
  await app.register(problemPages, {
    problems: [...problems, ...Object.values(generic)],
    notFound: generic.routeNotFound,
  });

  function refused(refusal: Refusal): void {
    log.info(refusal, 'request refused');
    metrics.refused(refusal.status);
  }

  /** The last steps of a stop, once nothing is in flight any more. */
  const finish = [
    { name: 'task metadata', run: async () => taskMetadata.stop() },
    { name: 'spans', run: () => tracing.stop(FLUSH_DEADLINE_MS) },
    { name: 'logs', run: () => flushLogger(log) },
  ];
  return {
    app,
    log,
    config,
    health,
    registry: metrics.registry,
    finish,
    /** Called at once when the service is told to stop, before it stops accepting. */
    onDraining: (act: () => void) => void draining.push(act),
    drain() {
      health.drain();
      for (const act of draining) {
        try {
          act();
        } catch (err) {
          log.error({ err }, 'Draining: a part of the service failed to prepare for the stop');
        }
      }
    },
    async close() {
      await app.close();
      for (const step of finish) await step.run();
    },
  };
}
