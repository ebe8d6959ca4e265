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
 * Write units that DynamoDB bills for a call, from its recorded ConsumedCapacity. DynamoDB Local reports a transaction's
 * items like plain writes, though AWS bills two writes for each; a refused write reports nothing.
 */
export function writeUnits({ operation, consumedCapacity = [] }: Call): number {
  const perItem = writeFactors[operation] ?? 0;
  const billed = consumedCapacity.map(({ CapacityUnits, Table }) => {
    const itemUnits = Table?.CapacityUnits ?? CapacityUnits;
    return perItem === 0 ? 0 : itemUnits * perItem + (CapacityUnits - itemUnits);
  });
  return billed.reduce((sum, units) => sum + units, 0);
}

const writeFactors: Record<string, number> = { PutItem: 1, UpdateItem: 1, DeleteItem: 1, TransactWriteItems: 2 };

/** The clock of the log: epoch milliseconds, finer than Date.now(). */
export function preciseNow(): number {
  return performance.timeOrigin + performance.now();
}
