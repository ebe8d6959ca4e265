export type TaskEndpoint = { source: 'v4' | 'v3' | 'v2'; taskUrl: string; statsUrl: string };

/**
 * Where ECS says who we are; undefined outside ECS. Version 4 and 3 are named by the environment; version 2 has a fixed
 * address, which anybody may own outside ECS, so it is asked only when the environment says that this is Fargate.
 * Source: Amazon ECS Developer Guide, "Task metadata endpoint" versions 4, 3 and 2.
 */
export function taskEndpoint(
  environment: Readonly<Record<string, string | undefined>>,
  version2Url = 'http://169.254.170.2/v2',
): TaskEndpoint | undefined {
  const {
    ECS_CONTAINER_METADATA_URI_V4: v4,
    ECS_CONTAINER_METADATA_URI: v3,
    AWS_EXECUTION_ENV: platform,
  } = environment;
  if (v4) return { source: 'v4', taskUrl: `${v4}/task`, statsUrl: `${v4}/task/stats` };
  if (v3) return { source: 'v3', taskUrl: `${v3}/task`, statsUrl: `${v3}/task/stats` };
  if (platform === 'AWS_ECS_FARGATE') {
    return { source: 'v2', taskUrl: `${version2Url}/metadata`, statsUrl: `${version2Url}/stats` };
  }
  return undefined;
}
