import type {
  AttributeDefinition,
  CreateTableCommandInput,
  KeySchemaElement,
  Projection,
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
