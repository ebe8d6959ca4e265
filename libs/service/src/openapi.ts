import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { Problem } from '@shop/contracts/problem';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const problemResponse = {
  description: 'A problem (RFC 9457).',
  content: { 'application/problem+json': { schema: Problem } },
};

/** Prints the routes as OpenAPI 3.1 at `/openapi.json`, for people at `/docs`. Each route's errors are problems. */
export async function describeApi(app: FastifyInstance, api: { name: string; version: string; description: string }) {
  app.addHook('onRoute', (route) => {
    if (!route.schema || route.schema.hide) return;
    route.schema.response = { '4xx': problemResponse, '5xx': problemResponse, ...(route.schema.response as object) };
  });

  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: api.name, version: api.version, description: api.description },
      components: {
        securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      },
    },
  });
  await app.register(swaggerUi, { routePrefix: '/docs', uiHooks: { onRequest: relativePage } });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}

/** Only with a slash at its end does the page name its files relatively, as it must behind a prefix such as `/order`. */
function relativePage(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  if (request.url === '/docs') reply.redirect('docs/');
  else done();
}
