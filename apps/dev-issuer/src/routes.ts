import type { App } from '@shop/service';
import { Type } from 'typebox';
import type { Tokens } from './tokens.ts';

export type IssuerRoutesOptions = { tokens: Tokens; issuer: string; lifetimeS: number };

const TokenInput = Type.Object(
  {
    customerId: Type.String({ minLength: 1, maxLength: 255, examples: ['alice'] }),
    admin: Type.Optional(Type.Boolean({ description: 'Adds the scope `shop:admin`.' })),
  },
  { additionalProperties: false },
);
const TokenAnswer = Type.Object({
  access_token: Type.String(),
  token_type: Type.Literal('Bearer'),
  expires_in: Type.Integer({ description: 'Seconds.' }),
});

/** The two documents of OpenID Connect Discovery that a verifier reads, and a token for whoever asks. */
export async function issuerRoutes(app: App, { tokens, issuer, lifetimeS }: IssuerRoutesOptions): Promise<void> {
  app.get('/.well-known/openid-configuration', async () => ({
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    token_endpoint: `${issuer}/token`,
    id_token_signing_alg_values_supported: ['ES256'],
  }));

  app.get('/.well-known/jwks.json', async () => tokens.keySet);

  app.post(
    '/token',
    {
      schema: {
        summary: 'A token for any customer. A shell that asks for text/plain gets nothing but the token.',
        body: TokenInput,
        response: {
          200: {
            description: 'The token.',
            content: { 'application/json': { schema: TokenAnswer }, 'text/plain': { schema: Type.String() } },
          },
        },
      },
    },
    async ({ body, headers }, reply) => {
      const token = await tokens.issue(body.customerId, body.admin ? ['shop:admin'] : []);
      reply.header('cache-control', 'no-store');
      if (headers.accept === 'text/plain') return reply.type('text/plain').send(token);
      return { access_token: token, token_type: 'Bearer' as const, expires_in: lifetimeS };
    },
  );
}
