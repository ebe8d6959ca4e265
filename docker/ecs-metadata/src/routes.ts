import type { App } from '@shop/service';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { ContainerDocument } from './container-document.ts';
import type { Addresses } from './find-caller.ts';
import type { Metadata } from './read-metadata.ts';
import { TaskDocument } from './task-document.ts';

const tags = ['task metadata'];
/** Docker's, and a few members more: https://docs.docker.com/reference/api/engine/ (ContainerStats). */
const statistics = { type: 'object', additionalProperties: true } as const;

/** The paths under `ECS_CONTAINER_METADATA_URI_V4`, which is the same for all callers: each is told about itself. */
export async function metadataRoutes(app: App, { metadata }: { metadata: Metadata }): Promise<void> {
  app.get(
    '/v4/self',
    { schema: { summary: "The caller's container", tags, response: { 200: ContainerDocument } } },
    (request) => metadata.container(addressesOf(request)),
  );
  app.get(
    '/v4/self/task',
    { schema: { summary: "The caller's task", tags, response: { 200: TaskDocument } } },
    (request) => metadata.task(addressesOf(request)),
  );
  app.get(
    '/v4/self/stats',
    {
      schema: {
        summary: "Docker's figures of the caller's container",
        tags,
        response: { 200: Type.Unsafe<object>(statistics) },
      },
    },
    (request) => metadata.stats(addressesOf(request)),
  );
  app.get(
    '/v4/self/task/stats',
    {
      schema: {
        summary: "Docker's figures of the task, by container",
        tags,
        response: { 200: Type.Unsafe<object>(statistics) },
      },
    },
    (request) => metadata.taskStats(addressesOf(request)),
  );
}

function addressesOf({ socket }: FastifyRequest): Addresses {
  return { remote: socket.remoteAddress ?? '', local: socket.localAddress ?? '' };
}
