import { createHttpClient } from '@shop/http-client';
import { createStaticSecret } from '@shop/secrets';
import { createHttpGateway } from '../src/http-gateway.ts';
import { gatewayContract } from './gateway.contract.ts';
import { GATEWAY_KEY, startSandbox } from './sandbox.ts';

gatewayContract('HTTP, to the sandbox gateway', async () => {
  const sandbox = await startSandbox();
  const client = createHttpClient({ peer: 'gateway', baseUrl: sandbox.url });
  const gateway = createHttpGateway(client, createStaticSecret(GATEWAY_KEY));
  return {
    gateway,
    methods: {
      approves: 'pm_approve',
      declines: 'pm_decline',
      unknown: 'pm_nobody_knows_this',
      expired: 'pm_expired',
      timesOutWithEffect: 'pm_timeout_with_effect',
    },
    refundByHand: sandbox.refundByHand,
    async close() {
      await gateway.close();
      await sandbox.close();
    },
  };
});
