import { serviceConfig } from '@shop/service';
import { type Static, Type } from 'typebox';

/** The environment of the catalog service. */
export const CatalogConfig = Type.Object({
  ...serviceConfig,
  PRODUCTS_TABLE: Type.String({ default: 'products' }),
  RESERVATIONS_TABLE: Type.String({ default: 'reservations' }),
  JWT_ISSUER: Type.String({ minLength: 1 }),
  JWT_AUDIENCE: Type.String({ minLength: 1 }),
  JWKS_URL: Type.String({ pattern: '^https?://.+' }),
  /** The scope of those who keep the catalog. Cognito can only grant scopes with a slash in them. */
  ADMIN_SCOPE: Type.String({ minLength: 1, default: 'shop:admin' }),
});
export type CatalogConfig = Static<typeof CatalogConfig>;
