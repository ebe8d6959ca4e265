import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { backOff } from './deadline.ts';
import { request, type Sender } from './request.ts';

/** A primary key, for example `{ sku: 'MUG-1' }`. */
export type Key = Record<string, string | number>;

/** DynamoDB's limit on the keys of one BatchGetItem. */
const chunkSize = 100;

/**
 * Reads items by key, chunks of 100 side by side, and asks again for keys that DynamoDB left unprocessed, with full
 * jitter until the deadline. Gives the items found, in the order of `keys`; a repeated key is read once.
 */
export async function batchGet<Item>(
  sender: Sender,
  table: string,
  keys: readonly Key[],
  deadlineAt: number,
  { consistent = false } = {},
): Promise<Item[]> {
  const attributes = Object.keys(keys[0] ?? {});
  const idOf = (item: Record<string, unknown>) => attributes.map((name) => item[name]).join('\0');
  const wanted = new Map(keys.map((key) => [idOf(key), key]));
  const unique = [...wanted.values()];
  const chunks: Key[][] = [];
  for (let start = 0; start < unique.length; start += chunkSize) chunks.push(unique.slice(start, start + chunkSize));

  const pages = await Promise.all(chunks.map((chunk) => readChunk(sender, table, chunk, deadlineAt, consistent)));
  const found = new Map(pages.flat().map((item) => [idOf(item), item]));
  return [...wanted.keys()].flatMap((id) => (found.get(id) as Item | undefined) ?? []);
}

async function readChunk(sender: Sender, table: string, chunk: Key[], deadlineAt: number, consistent: boolean) {
  const name = `BatchGetItem ${table}`;
  const items: Record<string, unknown>[] = [];
  let keys: Key[] = chunk;
  for (let attempt = 0; ; attempt += 1) {
    const command = new BatchGetCommand({ RequestItems: { [table]: { Keys: keys, ConsistentRead: consistent } } });
    const { Responses, UnprocessedKeys } = await request(sender, { name, deadlineAt }, (documents, signal) =>
      documents.send(command, signal),
    );
    items.push(...(Responses?.[table] ?? []));
    keys = UnprocessedKeys?.[table]?.Keys ?? [];
    if (keys.length === 0) return items;
    const cause = new Error(`${keys.length} keys were left unprocessed`);
    await backOff(name, { attempt, deadlineAt, random: sender.random, cause });
  }
}
