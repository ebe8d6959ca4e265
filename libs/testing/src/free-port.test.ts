import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from '@jest/globals';
import { freePort } from './free-port.ts';

test('gives ports that can be listened on, another one each', async () => {
  const servers = [];
  for (let count = 0; count < 3; count += 1) {
    const server = createServer().listen(await freePort(), '127.0.0.1');
    await once(server, 'listening');
    servers.push(server);
  }
  for (const server of servers) server.close();
  expect(servers).toHaveLength(3);
});
