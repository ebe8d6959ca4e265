import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/gateway-AbCdEf';

/** Answers GetSecretValue of Secrets Manager with the API key as it is now. */
export async function startSecretsManager(initialKey: string) {
  let apiKey: string | undefined = initialKey;
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(apiKey === undefined ? 500 : 200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify({ ARN: SECRET_ARN, SecretString: JSON.stringify({ apiKey }) }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Without a key it fails. */
    rotate(key: string | undefined) {
      apiKey = key;
    },
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
