import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  type GetCommand,
  type GetCommandOutput,
  type QueryCommand,
  type QueryCommandOutput,
  type ScanCommand,
  type ScanCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import { batchGet, type Key } from './batch-get.ts';
import { request, type Sender } from './request.ts';
import { addSpans } from './spans.ts';
import { type Transacted, type TransactItem, type TransactOptions, transact } from './transact.ts';
import { type WriteCommand, type WriteOptions, type Written, write } from './write.ts';

export type { Key } from './batch-get.ts';
export { createTable } from './create-table.ts';
export { StorageUnavailable } from './errors.ts';
export type { Step } from './steps.ts';
export { type IndexDefinition, type KeyAttribute, type TableDefinition, toCreateTableInput } from './table.ts';
export type { Refusal, Transacted, TransactItem, TransactOptions } from './transact.ts';
export type { WriteOptions, Written } from './write.ts';

/**
 * Items of DynamoDB as plain objects. Every call has a deadline (`deadlineAt`, epoch ms) and fails with
 * StorageUnavailable when no answer came by then; a refused condition is a value. A store that declares its write names
 * takes a `Dynamo<'order.create' | ...>`, so that a name it did not declare does not compile.
 */
export type Dynamo<WriteName extends string = string> = {
  read(command: GetCommand, deadlineAt: number): Promise<GetCommandOutput>;
  read(command: QueryCommand, deadlineAt: number): Promise<QueryCommandOutput>;
  read(command: ScanCommand, deadlineAt: number): Promise<ScanCommandOutput>;
  /** The items found, in the order of `keys`. */
  batchGet<Item>(
    table: string,
    keys: readonly Key[],
    deadlineAt: number,
    options?: { consistent?: boolean },
  ): Promise<Item[]>;
  write<Item = Record<string, unknown>>(
    name: WriteName,
    command: WriteCommand,
    options: WriteOptions,
  ): Promise<Written<Item>>;
  transact(name: WriteName, items: readonly TransactItem[], options: TransactOptions): Promise<Transacted>;
  close(): void;
  /** The SDK's own client, for tables rather than items. */
  readonly client: DynamoDBClient;
};

export type DynamoOptions = {
  /** Of one attempt; the deadline of the call bounds all attempts. */
  requestTimeoutMs?: number;
  connectionTimeoutMs?: number;
  maxAttempts?: number;
  random?: () => number;
  /** For tests with a proxy in between; else the SDK's own environment says it (AWS_ENDPOINT_URL_DYNAMODB). */
  endpoint?: string | undefined;
};

/** Region and credentials come from the SDK's own environment, as on every AWS client. */
export function createDynamo({
  requestTimeoutMs = 1000,
  connectionTimeoutMs = 500,
  maxAttempts = 4,
  random = Math.random,
  endpoint,
}: DynamoOptions = {}): Dynamo {
  const client = new DynamoDBClient({
    ...(endpoint === undefined ? {} : { endpoint }),
    maxAttempts,
    requestHandler: {
      requestTimeout: requestTimeoutMs,
      // Without this the SDK only logs a warning and goes on waiting.
      throwOnRequestTimeout: true,
      connectionTimeout: connectionTimeoutMs,
      // A request that waits for a free socket counts against the connection timeout; 50, the default, is soon used up.
      httpAgent: { maxSockets },
      httpsAgent: { maxSockets },
    },
  });
  addSpans(client);
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const sender: Sender = { documents, random };

  return {
    read: (command: GetCommand | QueryCommand | ScanCommand, deadlineAt: number) =>
      request(sender, { name: `read ${command.input.TableName}`, deadlineAt }, (to, signal) =>
        to.send(command as GetCommand, signal),
      ),
    batchGet: (table, keys, deadlineAt, options) => batchGet(sender, table, keys, deadlineAt, options),
    write: (name, command, options) => write(sender, name, command, options),
    transact: (name, items, options) => transact(sender, name, items, options),
    close: () => client.destroy(),
    client,
  };
}

const maxSockets = 256;
