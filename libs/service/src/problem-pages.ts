import { ProblemError, type ProblemKind, problemType } from '@shop/contracts/problem';
import type { FastifyInstance } from 'fastify';

/** Serves each problem's `type` as a page, so that whoever sees the URI in an answer can read what it means. */
export async function problemPages(
  app: FastifyInstance,
  { problems, notFound }: { problems: readonly ProblemKind[]; notFound: ProblemKind },
) {
  const pages = new Map(problems.map((kind) => [problemType(kind.code), page(kind)]));

  app.get<{ Params: { slug: string } }>('/problems/:slug', { schema: { hide: true } }, async ({ params }, reply) => {
    const html = pages.get(`/problems/${params.slug}`);
    if (!html) throw new ProblemError(notFound);
    return reply.type('text/html; charset=utf-8').send(html);
  });
}

function page({ code, status, title }: ProblemKind): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${code}</title>
<h1>${code}</h1>
<p>${title}</p>
<p>HTTP status ${status}. The answer's <code>detail</code> and <code>errors</code> say more, and its <code>traceId</code>
stands as <code>trace_id</code> in the log lines of the request.</p>
</html>
`;
}
