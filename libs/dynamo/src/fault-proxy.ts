import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Call, type ConsumedCapacity, preciseNow } from './call-log.ts';
import { type Answer, type DynamoRequest, type FaultRule, parseRequest, refusalBy, withholdKeys } from './faults.ts';

export type FaultProxy = {
  endpoint: string;
  /** Every request since the start, oldest first. It only grows, so a test compares with the length it saw before. */
  calls(): readonly Call[];
  /** The oldest rule that fits a request wins; it is used up after its `times`. */
  inject(rule: FaultRule): void;
  /** Forgets the rules, not the calls. */
  clear(): void;
  close(): Promise<void>;
};

export type FaultProxyOptions = {
  /** Endpoint of DynamoDB Local. */
  target: string;
  /** Asks for ConsumedCapacity with every request and records it. */
  countCapacity?: boolean;
};

/** An HTTP proxy before DynamoDB Local that records every round trip and injects what Local never shows. */
export async function createFaultProxy({ target, countCapacity = false }: FaultProxyOptions): Promise<FaultProxy> {
  // DynamoDB Local closes idle connections too: let ours go first, so that none breaks unasked.
  const agent = new Agent({ keepAlive: true, timeout: 5000 });
  const calls: Call[] = [];
  let rules: { rule: FaultRule; left: number }[] = [];

  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));

  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => [...calls],
    inject: (rule) => rules.push({ rule, left: rule.times ?? 1 }),
    clear: () => {
      rules = [];
    },
    async close() {
      agent.destroy();
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const received = parseRequest(String(incoming.headers['x-amz-target']), await text(incoming));
    const call = record(received);
    outgoing.once('close', () => {
      call.endedAt ??= preciseNow();
    });
    const fault = takeFault(received);
    if (fault === 'hang') return;
    if (fault === 'cut') throw new Error('cut');
    if (typeof fault === 'object') await sleep(fault.delayMs);
    const withheld = fault === 'unprocessed' ? withholdKeys(received.body) : undefined;
    const answer = (fault && refusalBy(fault, received)) ?? (await forward(incoming, received));
    if (withheld !== undefined) answer.body.UnprocessedKeys = withheld;
    if (fault === 'lose-answer') throw new Error('lost');
    finish(call, answer);
    outgoing.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
    outgoing.end(JSON.stringify(answer.body));
  }

  function record({ operation, tables, body }: DynamoRequest): Call {
    const keys = Object.values(body.RequestItems ?? {}).flatMap(({ Keys = [] }) => Keys);
    const itemCount = body.TransactItems?.length ?? (body.RequestItems === undefined ? 1 : keys.length);
    const call: Call = { operation, tables, itemCount, startedAt: preciseNow() };
    calls.push(call);
    return call;
  }

  function finish(call: Call, { status, body }: Answer): void {
    call.endedAt = preciseNow();
    call.status = status;
    const consumed = body.ConsumedCapacity as ConsumedCapacity | ConsumedCapacity[] | undefined;
    if (consumed !== undefined) call.consumedCapacity = [consumed].flat();
  }

  function takeFault({ operation, tables }: DynamoRequest): FaultRule['fault'] | undefined {
    const entry = rules.find(({ rule, left }) => {
      const isOperation = rule.operation === undefined || rule.operation === operation;
      return left > 0 && isOperation && (rule.table === undefined || tables.includes(rule.table));
    });
    if (entry !== undefined) entry.left -= 1;
    return entry?.rule.fault;
  }

  async function forward(incoming: IncomingMessage, { body }: DynamoRequest): Promise<Answer> {
    const sent = JSON.stringify(countCapacity ? { ...body, ReturnConsumedCapacity: 'INDEXES' } : body);
    const headers = { ...incoming.headers, 'content-length': Buffer.byteLength(sent), host: new URL(target).host };
    const response = await new Promise<IncomingMessage>((done, fail) => {
      request(target, { method: 'POST', path: incoming.url, headers, agent }, done).once('error', fail).end(sent);
    });
    return { status: response.statusCode ?? 500, body: JSON.parse(await text(response)) };
  }
}
