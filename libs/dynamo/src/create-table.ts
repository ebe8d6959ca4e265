import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  type KeySchemaElement,
  ResourceInUseException,
  type TableDescription,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { type TableDefinition, toCreateTableInput } from './table.ts';

/**
 * Creates the table if it is missing, waits until it is ACTIVE and switches its TTL on; repeating it is harmless. Fails
 * when a table of that name has other keys or indexes, or is not ACTIVE at `deadlineAt` (epoch ms).
 */
export async function createTable(
  { client }: { readonly client: DynamoDBClient },
  name: string,
  definition: TableDefinition,
  deadlineAt = Date.now() + 60_000,
): Promise<void> {
  const input = toCreateTableInput(name, definition);
  try {
    await client.send(new CreateTableCommand(input));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  const table = await untilActive(client, name, deadlineAt);
  if (shapeOf(table) !== shapeOf(input)) {
    throw new Error(`table ${name} exists with other keys or indexes: ${shapeOf(table)}, not ${shapeOf(input)}`);
  }
  if (definition.ttlAttribute !== undefined) await enableTtl(client, name, definition.ttlAttribute);
}

async function untilActive(client: DynamoDBClient, name: string, deadlineAt: number): Promise<TableDescription> {
  for (;;) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    if (Table?.TableStatus === 'ACTIVE') return Table;
    if (Date.now() >= deadlineAt) throw new Error(`table ${name} is still ${Table?.TableStatus}`);
    await sleep(500);
  }
}

type Keyed = { KeySchema?: KeySchemaElement[] | undefined };
type Shaped = Keyed & { GlobalSecondaryIndexes?: (Keyed & { IndexName?: string | undefined })[] | undefined };

/** Keys and indexes as one comparable line, e.g. `orderId; byCustomer customerId createdAt`. */
function shapeOf({ KeySchema, GlobalSecondaryIndexes = [] }: Shaped): string {
  const keysOf = (keys: KeySchemaElement[] = []) => keys.map(({ AttributeName }) => AttributeName).join(' ');
  const indexes = GlobalSecondaryIndexes.map((index) => `${index.IndexName} ${keysOf(index.KeySchema)}`);
  return [keysOf(KeySchema), ...indexes.sort()].join('; ');
}

async function enableTtl(client: DynamoDBClient, name: string, attribute: string): Promise<void> {
  if (await isTtlOn(client, name)) return;
  const TimeToLiveSpecification = { AttributeName: attribute, Enabled: true };
  try {
    await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification }));
  } catch (error) {
    // A repeat after a lost answer, or another process at the same moment, finds it switched on.
    if (!(await isTtlOn(client, name))) throw error;
  }
}

async function isTtlOn(client: DynamoDBClient, name: string): Promise<boolean> {
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: name }));
  return ['ENABLED', 'ENABLING'].includes(TimeToLiveDescription?.TimeToLiveStatus ?? '');
}
