import { createService, type Service } from '@shop/service';
import type { IssuerConfig } from './config.ts';
import { issuerRoutes } from './routes.ts';
import { createTokens } from './tokens.ts';

const description = 'Hands out tokens in local runs, in place of a real OpenID provider. It believes whoever asks.';

/** The issuer of local runs, ready to listen. */
export async function createDevIssuer(
  config: IssuerConfig,
  { environment = {} }: { environment?: Record<string, string | undefined> } = {},
): Promise<Service> {
  const service = await createService({ name: 'dev-issuer', description, config, problems: [], environment });
  const { JWT_ISSUER: issuer, JWT_AUDIENCE: audience, TOKEN_LIFETIME_S: lifetimeS } = config;
  const tokens = await createTokens({ issuer, audience, lifetimeS });
  await service.app.register(issuerRoutes, { tokens, issuer, lifetimeS });
  return service;
}
