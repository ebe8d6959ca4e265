import { join } from 'node:path';
import { publicUrlOf, urlOf } from './addresses.ts';

/** For whoever speaks to the local DynamoDB: it wants a region and keys, and looks at neither. */
export const databaseEnvironment = {
  AWS_ENDPOINT_URL_DYNAMODB: urlOf('dynamodb'),
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
};

/** For whoever speaks to the local payment gateway. */
export const gatewayEnvironment = { GATEWAY_URL: urlOf('sandbox-gateway'), GATEWAY_API_KEY: 'local-gateway-key' };

/** What every process of a local shop is told; where nobody watches a balancer, a stop needs no delay. */
const shopEnvironment = {
  ...databaseEnvironment,
  ...gatewayEnvironment,
  HOST: '127.0.0.1',
  SHUTDOWN_DELAY_MS: '0',
  SHUTDOWN_DEADLINE_MS: '10000',
  DRAIN_MS: '5000',
  CATALOG_URL: urlOf('catalog'),
  PAYMENT_URL: urlOf('payment'),
  JWT_ISSUER: publicUrlOf('dev-issuer'),
  JWT_AUDIENCE: 'fargate-shop',
  JWKS_URL: `${urlOf('dev-issuer')}/.well-known/jwks.json`,
};

/** The second start of the same code is quicker by a quarter. */
export const compileCache = join(import.meta.dirname, '../../.nx/compile-cache');

/** The shop's variables over the user's own, without those that would lead to a real AWS account or belong to npm. */
export function environmentOfPart(port: number, inherited: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(inherited).filter(([name]) => !/^(AWS_|GATEWAY_|npm_)/.test(name));
  return { ...Object.fromEntries(kept), ...shopEnvironment, NODE_COMPILE_CACHE: compileCache, PORT: String(port) };
}
