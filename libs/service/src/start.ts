import { installShutdown } from '@shop/shutdown';
import type { Service } from './create-service.ts';

/** Listens, and from then on stops gracefully on SIGTERM or SIGINT. */
export async function start(service: Service): Promise<void> {
  const { app, log, config, drain, finish } = service;
  installShutdown({
    app,
    log,
    drain,
    delayMs: config.SHUTDOWN_DELAY_MS,
    deadlineMs: config.SHUTDOWN_DEADLINE_MS,
    finish,
  });
  await app.listen({ host: config.HOST, port: config.PORT });
}
