/** One request that went through the fault proxy. */
export type Call = {
  /** DynamoDB's name, such as `TransactWriteItems`. */
  readonly operation: string;
  readonly tables: readonly string[];
  /** How many items the request writes or reads by key: the length of a transaction or batch, else 1. */
  readonly itemCount: number;
  /** Epoch milliseconds with fractions. */
  readonly startedAt: number;
  /** Absent while the request is under way. */
  endedAt?: number;
  /** Absent without an answer. */
  status?: number;
  /** DynamoDB's ConsumedCapacity, one entry per table, with `countCapacity`. */
  consumedCapacity?: readonly ConsumedCapacity[];
};

export type ConsumedCapacity = {
  TableName: string;
  CapacityUnits: number;
  Table?: { CapacityUnits: number };
  GlobalSecondaryIndexes?: Record<string, { CapacityUnits: number }>;
};

/**
 * How many of the calls had to wait for one another: the most calls of which no two overlap. Calls sent side by side
 * count once.
 */
export function serialRoundTrips(calls: readonly Call[]): number {
  const ended = calls.map(({ startedAt, endedAt = Number.POSITIVE_INFINITY }) => ({ startedAt, endedAt }));
  let freeFrom = Number.NEGATIVE_INFINITY;
  let count = 0;
  for (const { startedAt, endedAt } of ended.sort((a, b) => a.endedAt - b.endedAt)) {
    if (startedAt < freeFrom) continue;
    freeFrom = endedAt;
    count += 1;
  }
  return count;
}

/**
 * Write units that DynamoDB bills for a call. A plain write's are in its recorded ConsumedCapacity, indexes included. A
 * transaction's are two for each item of up to 1 KB: DynamoDB Local reports two for a table, whatever the number of items.
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
export function writeUnits({ operation, itemCount, consumedCapacity = [] }: Call): number {
  if (operation === 'TransactWriteItems') return 2 * itemCount;
  if (!plainWrites.includes(operation)) return 0;
  return consumedCapacity.reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0);
}

const plainWrites = ['PutItem', 'UpdateItem', 'DeleteItem'];

/** The clock of the log: epoch milliseconds, finer than Date.now(). */
export function preciseNow(): number {
  return performance.timeOrigin + performance.now();
}
