import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AttributeDefinition,
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  type KeySchemaElement,
  type Projection,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';

/** A key attribute: a string by its name, a number as `{ number: 'dueAt' }`. */
export type KeyAttribute = string | { number: string };

export type IndexDefinition = {
  key: KeyAttribute;
  sortKey?: KeyAttribute;
  /** `keys`, `all` (the default) or the attributes beside the keys. */
  project?: 'all' | 'keys' | readonly string[];
};

export type TableDefinition = {
  key: KeyAttribute;
  sortKey?: KeyAttribute;
  indexes?: Record<string, IndexDefinition>;
  /** Holds epoch seconds after which DynamoDB may delete the item. */
  ttlAttribute?: string;
};

/** The table as CreateTable takes it, on demand; templates can be compared with it. */
export function toCreateTableInput(name: string, definition: TableDefinition): CreateTableCommandInput {
  const indexes = Object.entries(definition.indexes ?? {});
  const keys = [definition, ...indexes.map(([, index]) => index)].flatMap(({ key, sortKey }) =>
    [key, sortKey ?? []].flat(),
  );
  const attributes = new Map(keys.map((key) => [nameOf(key), toAttribute(key)]));
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: toKeySchema(definition),
    AttributeDefinitions: [...attributes.values()],
    ...(indexes.length > 0 && {
      GlobalSecondaryIndexes: indexes.map(([indexName, index]) => ({
        IndexName: indexName,
        KeySchema: toKeySchema(index),
        Projection: toProjection(index),
      })),
    }),
  };
}

/** Creates the table if it is missing, waits until it is ACTIVE and switches its TTL on; repeating it is harmless. */
export async function createTable(
  { client }: { readonly client: DynamoDBClient },
  name: string,
  definition: TableDefinition,
  deadlineAt = Date.now() + 60_000,
): Promise<void> {
  try {
    await client.send(new CreateTableCommand(toCreateTableInput(name, definition)));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  await untilActive(client, name, deadlineAt);
  if (definition.ttlAttribute !== undefined) await enableTtl(client, name, definition.ttlAttribute);
}

async function untilActive(client: DynamoDBClient, name: string, deadlineAt: number): Promise<void> {
  for (;;) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    if (Table?.TableStatus === 'ACTIVE') return;
    if (Date.now() >= deadlineAt) throw new Error(`table ${name} is still ${Table?.TableStatus}`);
    await sleep(500);
  }
}

async function enableTtl(client: DynamoDBClient, name: string, AttributeName: string): Promise<void> {
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: name }));
  if (['ENABLED', 'ENABLING'].includes(TimeToLiveDescription?.TimeToLiveStatus ?? '')) return;
  const TimeToLiveSpecification = { AttributeName, Enabled: true };
  await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification }));
}

function nameOf(key: KeyAttribute): string {
  return typeof key === 'string' ? key : key.number;
}

function toAttribute(key: KeyAttribute): AttributeDefinition {
  return { AttributeName: nameOf(key), AttributeType: typeof key === 'string' ? 'S' : 'N' };
}

function toKeySchema({ key, sortKey }: { key: KeyAttribute; sortKey?: KeyAttribute }): KeySchemaElement[] {
  const hash: KeySchemaElement = { AttributeName: nameOf(key), KeyType: 'HASH' };
  return sortKey === undefined ? [hash] : [hash, { AttributeName: nameOf(sortKey), KeyType: 'RANGE' }];
}

function toProjection({ project = 'all' }: IndexDefinition): Projection {
  if (project === 'all') return { ProjectionType: 'ALL' };
  if (project === 'keys') return { ProjectionType: 'KEYS_ONLY' };
  return { ProjectionType: 'INCLUDE', NonKeyAttributes: [...project] };
}
