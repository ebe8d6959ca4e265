import { ConfigError } from '@shop/config';
import { createSecretsManagerSecret, createStaticSecret, type Secret } from '@shop/secrets';

/** The key to the gateway: from Secrets Manager, so that it can be rotated, or from the environment in local runs. */
export function apiKeyOf(config: { GATEWAY_SECRET_ARN?: string; GATEWAY_API_KEY?: string }): Secret {
  const { GATEWAY_SECRET_ARN: secretArn, GATEWAY_API_KEY: value } = config;
  if (secretArn !== undefined) return createSecretsManagerSecret({ secretArn, key: 'apiKey' });
  if (value !== undefined) return createStaticSecret(value);
  throw new ConfigError(['GATEWAY_SECRET_ARN is not set, nor is GATEWAY_API_KEY for local runs']);
}
