import { serviceConfig } from '@shop/service';
import { type Static, Type } from 'typebox';

export const EcsMetadataConfig = Type.Object({
  ...serviceConfig,
  PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 80 }),
  /** No balancer has to notice that we stop, and no answer takes longer than two asks of the engine. */
  SHUTDOWN_DELAY_MS: Type.Integer({ minimum: 0, default: 0 }),
  SHUTDOWN_DEADLINE_MS: Type.Integer({ minimum: 1, default: 5_000 }),
  DOCKER_SOCKET: Type.String({ minLength: 1, default: '/var/run/docker.sock' }),
  /** For each ask of the engine. */
  ENGINE_TIMEOUT_MS: Type.Integer({ minimum: 1, default: 1_000 }),
  /** The region in the names that we make up. */
  AWS_REGION: Type.String({ minLength: 1, default: 'eu-west-1' }),
});
export type EcsMetadataConfig = Static<typeof EcsMetadataConfig>;
