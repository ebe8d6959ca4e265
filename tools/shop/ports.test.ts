import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { findTakenPorts } from './ports.ts';

describe('the ports of the shop', () => {
  let server: Server;
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  async function listen(host?: string): Promise<number> {
    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  test.each([['127.0.0.1'], [undefined]])(
    'one that is taken is named, with the part that needs it (%s)',
    async (host) => {
      const port = await listen(host);
      expect(await findTakenPorts({ catalog: port })).toEqual([
        `Port ${port}, which catalog needs, is taken: stop what listens there, then try again.`,
      ]);
    },
  );

  test('one that is free is no fault', async () => {
    const port = await listen();
    await new Promise((resolve) => server.close(resolve));
    expect(await findTakenPorts({ catalog: port })).toEqual([]);
  });
});
