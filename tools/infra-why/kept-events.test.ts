import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { keptTasks } from './kept-events.ts';

const account = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'none', AWS_SECRET_ACCESS_KEY: 'none' };
const before = { ...process.env };
beforeAll(() => void Object.assign(process.env, account));
afterAll(() => {
  process.env = before;
});

/** CloudWatch Logs as a server, for as long as it is asked. */
async function answering<T>(answer: RequestListener, ask: () => Promise<T>): Promise<T> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    return await ask();
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

const event = (id: string) => readFileSync(join(import.meta.dirname, 'fixtures', `${id}.json`), 'utf8');
const question = { shop: 'fargate-shop-workshop', from: 0 };

describe('kept events', () => {
  test('are read page by page, where a page may be empty', async () => {
    // As FilterLogEvents answers by its documentation: it may find nothing and still have more to look through.
    const pages = [
      { events: [{ message: event('no-route') }], nextToken: 'a' },
      { events: [], nextToken: 'b' },
      { events: [{ message: event('by-hand') }] },
    ];
    const asked: string[] = [];
    const tasks = await answering(
      (request, response) => {
        asked.push(String(request.headers['x-amz-target']));
        response.setHeader('content-type', 'application/x-amz-json-1.1').end(JSON.stringify(pages.shift()));
      },
      () => keptTasks(question),
    );
    expect(tasks).toHaveLength(2);
    expect(asked).toEqual(Array(3).fill('Logs_20140328.FilterLogEvents'));
  });

  test('are not waited for beyond the deadline', async () => {
    const asking = answering(
      () => {},
      () => keptTasks({ ...question, deadlineMs: 100 }),
    );
    await expect(asking).rejects.toThrow(/could not be read within 0.1 s: ask for less by --since/);
  });

  test('are refused in the words of AWS', async () => {
    const asking = answering(
      (_request, response) => {
        const refusal = { __type: 'AccessDeniedException', message: 'You may not.' };
        response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(refusal));
      },
      () => keptTasks(question),
    );
    await expect(asking).rejects.toThrow('/aws/events/fargate-shop-workshop could not be read: You may not.');
  });
});
