import { testTables } from '@shop/dynamo/testing';
import { appProcess } from '@shop/testing/app-process';

export const GATEWAY_KEY = 'gateway-key-of-this-test';
/** As the sandbox's README has it. */
const ledgerTable = { key: 'reference', sortKey: 'entry' };

export type LedgerCharge = {
  chargeId: string;
  status: string;
  amountMinor: number;
  refundedMinor: number;
  refunds: { refundId: string }[];
};
export type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

/** The sandbox gateway as a process of its own, on a ledger of its own. `timeScale` shortens its slow methods. */
export async function startSandbox(timeScale = 0.05) {
  const tables = await testTables({ ledger: ledgerTable });
  const process = await appProcess(new URL('../../sandbox-gateway/src/main.ts', import.meta.url), {
    LOG_LEVEL: 'fatal',
    SANDBOX_LEDGER_TABLE: tables.names.ledger,
    SANDBOX_TIME_SCALE: String(timeScale),
    GATEWAY_API_KEY: GATEWAY_KEY,
  });
  await process.start();

  return {
    ...process,
    /** What the ledger has for an order. */
    async charges(orderId: string, apiKey = GATEWAY_KEY): Promise<LedgerCharge[]> {
      const answer = await fetch(`${process.url}/v1/charges?reference=${orderId}`, {
        headers: { authorization: `Bearer ${apiKey}` },
      });
      return ((await answer.json()) as { items: LedgerCharge[] }).items;
    },
    /** Gives money back past the payment service, as somebody at the gateway's console would. */
    async refundByHand(reference: string, chargeId: string, amountMinor: number): Promise<void> {
      const answer = await fetch(`${process.url}/v1/refunds`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${GATEWAY_KEY}`,
          'content-type': 'application/json',
          'idempotency-key': `${reference}:by-hand`,
        },
        body: JSON.stringify({ chargeId, reference, amountMinor, currency: 'GBP' }),
      });
      if (!answer.ok) throw new Error(`The sandbox answered ${answer.status}`);
    },
    async close() {
      await process.stop();
      await tables.drop();
    },
  };
}
