import { randomUUID } from 'node:crypto';
import { DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import { createTable } from './create-table.ts';
import { createDynamo, type Dynamo } from './dynamo.ts';
import type { TableDefinition } from './table.ts';

export { type Call, type ConsumedCapacity, serialRoundTrips, writeUnits } from './call-log.ts';
export { createFaultProxy, type FaultProxy, type FaultProxyOptions } from './fault-proxy.ts';
export type { Fault, FaultRule } from './faults.ts';

export type TestTables<Table extends string> = {
  dynamo: Dynamo;
  /** The name of each table behind its prefix. */
  names: Record<Table, string>;
  /** Deletes the tables and closes the client. */
  drop(): Promise<void>;
};

/** Tables of one test on the DynamoDB Local of the run, behind a prefix of their own, so that tests share nothing. */
export async function testTables<Table extends string>(
  definitions: Record<Table, TableDefinition>,
  { endpoint }: { endpoint?: string } = {},
): Promise<TestTables<Table>> {
  const dynamo = createDynamo({ endpoint });
  const prefix = randomUUID().slice(0, 8);
  const tables = Object.keys(definitions) as Table[];
  const names = Object.fromEntries(tables.map((table) => [table, `${prefix}-${table}`])) as Record<Table, string>;
  await Promise.all(tables.map((table) => createTable(dynamo, names[table], definitions[table])));
  return {
    dynamo,
    names,
    async drop() {
      await Promise.all(tables.map((table) => dynamo.client.send(new DeleteTableCommand({ TableName: names[table] }))));
      dynamo.close();
    },
  };
}
