import { ProblemError } from '@shop/contracts/problem';
import type { FastifyInstance } from 'fastify';
import type { GenericProblems } from './generic-problems.ts';

type KnownRoute = { method: string; path: RegExp };

/** Tells an unknown address (404) from a known one with another method (405 with `Allow`, RFC 9110 section 15.5.6). */
export function answerUnknownRoutes(app: FastifyInstance, generic: GenericProblems): void {
  const routes: KnownRoute[] = [];

  app.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) routes.push({ method: each, path: pathPattern(url) });
  });

  app.setNotFoundHandler(async (request) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const allowed = new Set(routes.filter((route) => route.path.test(path)).map((route) => route.method));
    if (allowed.size === 0 || allowed.has(request.method)) throw new ProblemError(generic.routeNotFound);
    throw new ProblemError(generic.methodNotAllowed, { headers: { allow: [...allowed].sort().join(', ') } });
  });
}

function pathPattern(url: string): RegExp {
  const pattern = url
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace('\\*', '.*')))
    .join('/');
  return new RegExp(`^${pattern}$`);
}
