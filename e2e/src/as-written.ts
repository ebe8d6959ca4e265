import { request as openHttp } from 'node:http';
import { request as openHttps } from 'node:https';
import { text } from 'node:stream/consumers';

/** A GET whose path goes out as it is written: `fetch` would resolve dots and turn backslashes first. */
export async function getAsWritten(baseUrl: string, path: string) {
  const { protocol, hostname, port } = new URL(baseUrl);
  const open = protocol === 'https:' ? openHttps : openHttp;
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const request = open({ hostname, port, path, agent: false, timeout: 10_000 });
    request.on('error', reject).on('timeout', () => request.destroy(new Error(`${path} has no answer`)));
    request.on('response', (answer) => {
      text(answer).then((body) => resolve({ status: answer.statusCode ?? 0, body }), reject);
    });
    request.end();
  });
}
