import { createService, type Service } from '@shop/service';
import type { EcsMetadataConfig } from './config.ts';
import { createEngineClient } from './engine-client.ts';
import { metadataProblems } from './errors.ts';
import { createMetadata } from './read-metadata.ts';
import { metadataRoutes } from './routes.ts';

const description =
  'What ECS tells a Fargate task about itself (task metadata endpoint, version 4), told of the containers of a local Docker.';

/** The metadata endpoint of local runs, ready to listen. */
export async function createEcsMetadata(
  config: EcsMetadataConfig,
  { environment = {}, now = Date.now }: { environment?: Record<string, string | undefined>; now?: () => number } = {},
): Promise<Service> {
  const service = await createService({
    name: 'ecs-metadata',
    description,
    config,
    problems: metadataProblems,
    environment,
  });
  const engine = createEngineClient({ socketPath: config.DOCKER_SOCKET, timeoutMs: config.ENGINE_TIMEOUT_MS });
  service.app.addHook('onClose', () => engine.close());
  service.health.required('docker', () => engine.version());
  await service.app.register(metadataRoutes, { metadata: createMetadata({ engine, region: config.AWS_REGION, now }) });
  return service;
}
