import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { trackRequests } from './open-requests.ts';

export type FinishStep = { name: string; run(): Promise<unknown> };

export type ShutdownOptions = {
  /** A Fastify instance, which must not listen yet. */
  app: { readonly server: Server; close(): PromiseLike<unknown> };
  log: Record<'info' | 'error' | 'fatal', (details: object, message: string) => void>;
  /** Makes the readiness probe fail. */
  drain: () => void;
  /** How long to go on serving, so that those who route to us can notice that we leave. */
  delayMs: number;
  /** When to exit all the same, counted from the signal; shorter than what the platform allows before it kills. */
  deadlineMs: number;
  /** What to do last, one after the other: flush spans, then logs. */
  finish: readonly FinishStep[];
  /** A terminal and npm may both pass on one Ctrl-C: a signal that comes this soon after the first is the same wish. */
  repeatWindowMs?: number;
  process?: {
    on(signal: 'SIGTERM' | 'SIGINT', listener: (signal: string) => void): unknown;
    exit(code: number): void;
  };
};

type Phase = 'going on serving' | 'finishing requests' | 'stopping background work' | 'finishing up';

/**
 * Makes SIGTERM and SIGINT end this process without failing a request: unready, serve on for `delayMs` while asking
 * clients to leave, stop accepting, finish the requests in flight, stop background work (the app's onClose hooks), run
 * the `finish` steps, exit 0. A second signal or the deadline exits 1 and logs what was left, as does a step that failed.
 */
export function installShutdown({
  app,
  log,
  drain,
  delayMs,
  deadlineMs,
  finish,
  repeatWindowMs = 250,
  process = globalThis.process,
}: ShutdownOptions): { done: Promise<void> } {
  const requests = trackRequests(app.server);
  const unfinished = new Set(finish.map(({ name }) => name));
  const ended = Promise.withResolvers<void>();
  let signalledAt: number | undefined;
  let phase: Phase = 'going on serving';
  let failed = false;

  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  return { done: ended.promise };

  function onSignal(signal: string): void {
    if (signalledAt === undefined) {
      signalledAt = performance.now();
      void shutDown(signal);
    } else if (performance.now() - signalledAt >= repeatWindowMs) {
      giveUp(`a second signal (${signal})`);
    }
  }

  async function shutDown(signal: string): Promise<void> {
    const deadline = setTimeout(() => giveUp('the shutdown deadline'), deadlineMs);
    log.info({ signal, delayMs, requestsInFlight: requests.count() }, 'Shutting down: no longer ready');
    await attempt('drain', async () => drain());
    requests.sayGoodbye();
    await delay(delayMs);
    await requests.settled();
    await attempt('close', closeApp);
    phase = 'finishing up';
    for (const { name, run } of finish) {
      await attempt(name, run);
      unfinished.delete(name);
    }
    clearTimeout(deadline);
    end(failed ? 1 : 0);
  }

  async function closeApp(): Promise<void> {
    phase = 'finishing requests';
    app.server.once('close', () => {
      phase = 'stopping background work';
    });
    const stop = requests.closeQuietConnections();
    const closed = app.close();
    log.info({ requestsInFlight: requests.count() }, 'Shutting down: no longer accepting connections');
    try {
      await closed;
    } finally {
      stop();
    }
  }

  async function attempt(step: string, run: () => PromiseLike<unknown>): Promise<void> {
    try {
      await run();
    } catch (err) {
      failed = true;
      log.error({ err, step }, 'Shutting down: a step failed');
    }
  }

  /** `fatal`, because pino writes that level out before it returns. */
  function giveUp(reason: string): void {
    const left = { phase, requestsInFlight: requests.count(), unfinished: [...unfinished] };
    log.fatal({ reason, ...left }, 'Shut down before all was done');
    end(1);
  }

  function end(code: number): void {
    ended.resolve();
    process.exit(code);
  }
}
