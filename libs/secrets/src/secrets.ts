import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createCachedSecret, type Secret } from './cached-secret.ts';
import { SecretValue } from './secret-value.ts';

export { type Secret, SecretValue };

/** A secret cannot be had; the message says which and why, never what is in it. */
export class SecretError extends Error {
  override readonly name = 'SecretError';
}

export type SecretsManagerOptions = {
  secretArn: string;
  /** The field to take from a secret that is a JSON object, for example `apiKey`; without it the whole text is the secret. */
  key?: string | undefined;
  ttlMs?: number;
  /** For one fetch with its repetition. */
  timeoutMs?: number;
  now?: () => number;
  onRefreshFailure?: (error: unknown) => void;
  client?: SecretsManagerClient;
};

/**
 * A secret of AWS Secrets Manager, read through the task role and re-read while we run, so that a rotation needs no restart.
 * Region, credentials and endpoint come from the SDK's own environment. Rejects with SecretError.
 */
export function createSecretsManagerSecret({
  secretArn,
  key,
  ttlMs = 5 * 60_000,
  timeoutMs = 3000,
  now = Date.now,
  onRefreshFailure = () => undefined,
  client = createClient(timeoutMs),
}: SecretsManagerOptions): Secret {
  return createCachedSecret(fetchText, { ttlMs, now, onRefreshFailure });

  async function fetchText(): Promise<string> {
    const text = await fetchSecretString();
    if (!text) throw new SecretError(`The secret ${secretArn} holds no text`);
    return key === undefined ? text : fieldOf(text, key);
  }

  async function fetchSecretString(): Promise<string | undefined> {
    try {
      const command = new GetSecretValueCommand({ SecretId: secretArn });
      return (await client.send(command, { abortSignal: AbortSignal.timeout(timeoutMs) })).SecretString;
    } catch (cause) {
      throw new SecretError(`The secret ${secretArn} cannot be read: ${(cause as Error).name}`, { cause });
    }
  }

  function fieldOf(text: string, field: string): string {
    const value = parseObject(text)[field];
    if (typeof value === 'string' && value) return value;
    throw new SecretError(`The secret ${secretArn} is not a JSON object with text in "${field}"`);
  }
}

/** A secret that is known from the start and never changes. For local runs only, where it comes from the environment. */
export function createStaticSecret(value: string): Secret {
  const secret = new SecretValue(value);
  return { read: async () => secret, refresh: async () => secret };
}

function createClient(timeoutMs: number): SecretsManagerClient {
  return new SecretsManagerClient({
    maxAttempts: 2,
    // Without throwOnRequestTimeout the SDK only logs that the time is over, and goes on waiting.
    requestHandler: { connectionTimeout: timeoutMs / 4, requestTimeout: timeoutMs / 2, throwOnRequestTimeout: true },
  });
}

/** An empty object for all that is none; the error of JSON.parse would quote the secret, so it goes no further. */
function parseObject(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
