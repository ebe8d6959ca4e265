import type { AddressInfo } from 'node:net';
import { parseConfig } from '@shop/config';
import { createEcsMetadata } from '../src/app.ts';
import { EcsMetadataConfig } from '../src/config.ts';
import { startEngine } from './recorded-engine.ts';

/** The service before a recorded engine. `caller` is the recorded address of the container that the test is taken for. */
export async function runMetadata({ caller, ...environment }: { caller?: string; ENGINE_TIMEOUT_MS?: string } = {}) {
  const engine = await startEngine(caller === undefined ? {} : { caller });
  const clock = { now: Date.parse('2026-11-21T11:09:00.500Z') };
  const config = parseConfig(EcsMetadataConfig, {
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'fatal',
    DOCKER_SOCKET: engine.socketPath,
    ENGINE_TIMEOUT_MS: '5000',
    ...environment,
  });
  const service = await createEcsMetadata(config, { now: () => clock.now });
  await service.app.listen({ host: config.HOST, port: config.PORT });
  const origin = `http://127.0.0.1:${(service.app.server.address() as AddressInfo).port}`;
  return {
    engine,
    clock,
    /** The value of ECS_CONTAINER_METADATA_URI_V4. */
    url: `${origin}/v4/self`,
    async get(path: string) {
      const response = await fetch(origin + path);
      return { status: response.status, headers: response.headers, body: await response.json() };
    },
    async stop() {
      await service.close();
      await engine.stop();
    },
  };
}
