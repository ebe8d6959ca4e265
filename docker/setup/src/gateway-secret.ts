import {
  CreateSecretCommand,
  GetRandomPasswordCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';

const KEY_LENGTH = 40;

/** Creates the secret with a random key for the payment gateway, unless there is one. Resolves to whether it did. */
export async function createGatewaySecret(
  client: SecretsManagerClient,
  name: string,
  abortSignal: AbortSignal,
): Promise<boolean> {
  const { RandomPassword: apiKey } = await client.send(
    new GetRandomPasswordCommand({ PasswordLength: KEY_LENGTH, ExcludePunctuation: true }),
    { abortSignal },
  );
  try {
    await client.send(new CreateSecretCommand({ Name: name, SecretString: JSON.stringify({ apiKey }) }), {
      abortSignal,
    });
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceExistsException') return false;
    throw error;
  }
}
