import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** Answers GetSecretValue of Secrets Manager (AWS JSON 1.1) on a real port, for one secret with the key of the gateway. */
export async function startSecretStore(secretArn: string, apiKey: string) {
  const server = createServer(async (request, response) => {
    const { SecretId } = (await json(request)) as { SecretId?: string };
    const known = request.headers['x-amz-target'] === 'secretsmanager.GetSecretValue' && SecretId === secretArn;
    response.writeHead(known ? 200 : 400, { 'content-type': 'application/x-amz-json-1.1' });
    const secret = { ARN: secretArn, SecretString: JSON.stringify({ apiKey }) };
    response.end(JSON.stringify(known ? secret : { __type: 'ResourceNotFoundException' }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening).unref());
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => new Promise<void>((stopped) => void server.close(() => stopped()).closeAllConnections()),
  };
}
