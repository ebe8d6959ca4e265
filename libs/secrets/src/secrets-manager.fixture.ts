import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/gateway-AbCdEf';

type Behaviour = 'answer' | 'refuse' | 'cut' | 'silent' | 'silent once' | 'held';

/** Speaks GetSecretValue of Secrets Manager (AWS JSON 1.1) on a real port, for one secret, and counts the calls. */
export async function startSecretsManager(initial: string | undefined) {
  const state = { text: initial, behaviour: 'answer' as Behaviour, calls: 0 };
  let held = Promise.withResolvers<void>();
  const server = createServer(async (request, response) => {
    state.calls += 1;
    if (state.behaviour === 'silent') return;
    if (state.behaviour === 'silent once') {
      state.behaviour = 'answer';
      return;
    }
    if (state.behaviour === 'cut') return request.socket.destroy();
    const { SecretId } = JSON.parse(await bodyOf(request));
    const { text } = state;
    if (state.behaviour === 'held') await held.promise;
    const known =
      request.headers['x-amz-target'] === 'secretsmanager.GetSecretValue' &&
      request.headers['content-type'] === 'application/x-amz-json-1.1' &&
      SecretId === SECRET_ARN;
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    if (state.behaviour === 'refuse' || !known) {
      response.statusCode = 400;
      const error = known ? 'AccessDeniedException' : 'ResourceNotFoundException';
      return response.end(JSON.stringify({ __type: error, Message: 'refused' }));
    }
    return response.end(
      JSON.stringify({
        ARN: SECRET_ARN,
        Name: 'shop/gateway',
        VersionId: 'b1c2d3e4-0000-4000-8000-000000000000',
        VersionStages: ['AWSCURRENT'],
        CreatedDate: 1768478400,
        ...(text === undefined ? { SecretBinary: 'AAEC' } : { SecretString: text }),
      }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => state.calls,
    rotate(text: string) {
      state.text = text;
    },
    behave(behaviour: Behaviour) {
      state.behaviour = behaviour;
    },
    /** Answers the calls that came while it was 'held', with the text of the time they came. */
    release() {
      state.behaviour = 'answer';
      held.resolve();
      held = Promise.withResolvers<void>();
    },
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}
