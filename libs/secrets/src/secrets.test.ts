import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '@shop/testing/until';
import { createSecretsManagerSecret, SecretError, type SecretsManagerOptions } from './secrets.ts';
import { SECRET_ARN, startSecretsManager } from './secrets-manager.fixture.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

let manager: Awaited<ReturnType<typeof startSecretsManager>>;
let clock: number;
let failures: unknown[];

beforeEach(async () => {
  clock = Date.UTC(2026, 0, 15);
  failures = [];
  manager = await startSecretsManager('first-key');
  process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER = manager.endpoint;
  process.env.AWS_REGION = 'eu-west-1';
  process.env.AWS_ACCESS_KEY_ID = 'test';
  process.env.AWS_SECRET_ACCESS_KEY = 'test';
});

afterEach(() => manager.stop());

function create(options: Partial<SecretsManagerOptions> = {}) {
  return createSecretsManagerSecret({
    secretArn: SECRET_ARN,
    now: () => clock,
    onRefreshFailure: (error) => failures.push(error),
    ...options,
  });
}

const textOf = async (value: Promise<{ reveal(): string }>) => (await value).reveal();

describe('reading', () => {
  test('asks Secrets Manager once in five minutes, however many read', async () => {
    const secret = create();
    const texts = await Promise.all(Array.from({ length: 20 }, () => textOf(secret.read())));
    expect(new Set(texts)).toEqual(new Set(['first-key']));
    clock += 5 * MINUTE - 1;
    await secret.read();
    expect(manager.calls()).toBe(1);
  });

  test('picks up a rotation without a restart, and without making a reader wait', async () => {
    const secret = create();
    await secret.read();
    manager.rotate('second-key');
    clock += 5 * MINUTE;
    expect(await Promise.all([textOf(secret.read()), textOf(secret.read())])).toEqual(['first-key', 'first-key']);
    await until('the new key is read', async () => (await textOf(secret.read())) === 'second-key');
    expect(manager.calls()).toBe(2);
  });

  test.each(['cut', 'refuse'] as const)(
    'keeps the last good value while Secrets Manager fails (%s)',
    async (behaviour) => {
      const secret = create();
      await secret.read();
      manager.behave(behaviour);
      for (let round = 1; round <= 3; round += 1) {
        clock += 60 * MINUTE;
        expect(await textOf(secret.read())).toBe('first-key');
        await until('the refresh has failed', () => failures.length === round);
      }
      const calls = manager.calls();
      await secret.read();
      expect(manager.calls()).toBe(calls);
      manager.behave('answer');
      manager.rotate('second-key');
      clock += SECOND;
      await until('the new key is read', async () => (await textOf(secret.read())) === 'second-key');
    },
  );

  test('keeps the last good value when the new version lacks the field', async () => {
    manager.rotate('{"apiKey":"first-key"}');
    const secret = create({ key: 'apiKey' });
    await secret.read();
    manager.rotate('{"apikey":"second-key"}');
    expect(await textOf(secret.refresh())).toBe('first-key');
    expect(failures).toEqual([expect.any(SecretError)]);
  });

  test('fails while there is no value yet, asks at most once a second, and works once it can', async () => {
    manager.behave('refuse');
    const secret = create();
    await expect(secret.read()).rejects.toThrow(`The secret ${SECRET_ARN} cannot be read: AccessDeniedException`);
    await expect(secret.refresh()).rejects.toThrow(SecretError);
    expect(manager.calls()).toBe(1);
    manager.behave('answer');
    clock += SECOND;
    expect(await textOf(secret.read())).toBe('first-key');
  });

  test('fails at its deadline when Secrets Manager accepts the call and never answers', async () => {
    manager.behave('silent');
    await expect(create({ timeoutMs: 400 }).read()).rejects.toThrow('cannot be read: ');
    expect(manager.calls()).toBeGreaterThan(0);
  });

  test('asks again within its deadline when a call is never answered', async () => {
    manager.behave('silent once');
    expect(await textOf(create({ timeoutMs: 1500 }).read())).toBe('first-key');
    expect(manager.calls()).toBe(2);
  });

  test('asks for the secret that it was configured with', async () => {
    const secret = create({ secretArn: `${SECRET_ARN}-other` });
    await expect(secret.read()).rejects.toThrow('ResourceNotFoundException');
  });
});

describe('refreshing after the value was refused', () => {
  test('fetches the new one, once for all who ask at the same time', async () => {
    const secret = create();
    const before = await secret.read();
    manager.rotate('second-key');
    const texts = await Promise.all(Array.from({ length: 20 }, () => textOf(secret.refresh())));
    expect(new Set(texts)).toEqual(new Set(['second-key']));
    expect(manager.calls()).toBe(2);
    expect(await secret.read()).not.toBe(before);
  });

  test('does not hammer Secrets Manager with a key that stays wrong, and shows that it is the same', async () => {
    const secret = create();
    const before = await secret.read();
    for (let refusal = 0; refusal < 50; refusal += 1) expect(await secret.refresh()).toBe(before);
    expect(manager.calls()).toBe(2);
    clock += 10 * SECOND;
    manager.rotate('second-key');
    expect(await textOf(secret.refresh())).toBe('second-key');
    expect(manager.calls()).toBe(3);
  });

  test('asks anew even while a fetch is under way that began before the rotation', async () => {
    const secret = create();
    await secret.read();
    manager.behave('held');
    clock += 5 * MINUTE;
    await secret.read();
    await until('it is asked again', () => manager.calls() === 2);
    manager.rotate('second-key');
    const refreshed = [textOf(secret.refresh()), textOf(secret.refresh())];
    manager.release();
    expect(await Promise.all(refreshed)).toEqual(['second-key', 'second-key']);
    expect(manager.calls()).toBe(3);
  });

  test('gives the last good value when Secrets Manager is away', async () => {
    const secret = create();
    await secret.read();
    manager.behave('cut');
    expect(await textOf(secret.refresh())).toBe('first-key');
    expect(failures).toHaveLength(1);
  });
});

describe('a secret that is a JSON object', () => {
  test('gives the text of the field that was asked for', async () => {
    manager.rotate('{"apiKey":"inner-key","other":1}');
    expect(await textOf(create({ key: 'apiKey' }).read())).toBe('inner-key');
  });

  test.each(['{"other":"hunter2"}', '{"apiKey":""}', '{"apiKey":7}', 'hunter2', '"hunter2"', '["hunter2"]', 'null'])(
    'names the field when it is not there, and quotes nothing: %s',
    async (text) => {
      manager.rotate(text);
      const error: SecretError = await create({ key: 'apiKey' })
        .read()
        .then(fail, (reason) => reason);
      expect(error).toBeInstanceOf(SecretError);
      expect(error.message).toBe(`The secret ${SECRET_ARN} is not a JSON object with text in "apiKey"`);
      expect(JSON.stringify([error.stack, error.cause])).not.toContain('hunter2');
    },
  );

  test('holds no text when it is binary', async () => {
    const binary = await startSecretsManager(undefined);
    process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER = binary.endpoint;
    await expect(create().read()).rejects.toThrow('holds no text');
    binary.stop();
  });
});

function fail(): never {
  throw new Error('The secret was read');
}
