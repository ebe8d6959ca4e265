import { createDynamo } from '@shop/dynamo';
import { createService, type Service } from '@shop/service';
import { apiKeyOf } from './api-key.ts';
import type { SandboxGatewayConfig } from './config.ts';
import { gatewayProblems } from './errors.ts';
import { createLedgerReader } from './ledger-reader.ts';
import { createChargeLedger } from './ledger-store.ts';
import { createPatience } from './patience.ts';
import { refundCharge } from './refund-charge.ts';
import { createRefundLedger } from './refund-store.ts';
import { gatewayRoutes } from './routes.ts';
import { takeCharge } from './take-charge.ts';
import { tokenTable } from './tokens.ts';

const description = `A payment gateway that moves no money. What it does depends on the payment method alone:

${tokenTable()}

Each may end in \`_\` and letters, digits or \`_\` of your choice. An amount of 0 is declined: \`amount_not_accepted\`.`;

/** The sandbox gateway, ready to listen. Its ledger is a table, so that it survives kills and replicas share it. */
export async function createSandboxGateway(
  config: SandboxGatewayConfig,
  { environment = {}, now = Date.now }: { environment?: Record<string, string | undefined>; now?: () => number } = {},
): Promise<Service> {
  const apiKey = apiKeyOf(config);
  const service = await createService({
    name: 'gateway',
    description,
    config,
    problems: gatewayProblems,
    environment,
  });
  const dynamo = createDynamo();
  const table = config.SANDBOX_LEDGER_TABLE;
  const reader = createLedgerReader(dynamo, table);
  const charges = {
    ledger: createChargeLedger(dynamo, table),
    patience: createPatience(config.SANDBOX_TIME_SCALE),
    now,
  };
  const refunds = { ledger: createRefundLedger(dynamo, table), reader, now };
  const stopping = new AbortController();

  service.app.addHook('preClose', async () => stopping.abort());
  service.app.addHook('onClose', async () => dynamo.close());
  service.health.required('api-key', () => apiKey.read());
  await service.app.register(gatewayRoutes, {
    apiKey,
    charge: (key, ask, signal) => takeCharge(key, ask, charges, signal),
    refund: (key, ask) => refundCharge(key, ask, refunds),
    reader,
    stopping: stopping.signal,
  });
  return service;
}
