/** What the fault proxy does to a request instead of just passing it on. */
export type Fault =
  /** Answered with a transaction conflict and not executed: as a cancelled transaction for TransactWriteItems. */
  | 'conflict'
  /** Answered with ProvisionedThroughputExceededException and not executed. */
  | 'throttle'
  /** Answered with status 500 and not executed. */
  | 'server-error'
  /** Executed; the connection is cut instead of an answer. */
  | 'lose-answer'
  /** The connection is cut before anything is executed. */
  | 'cut'
  /** Neither executed nor answered, until the caller hangs up or the proxy closes. */
  | 'hang'
  /** BatchGetItem only: the second half of the keys comes back unprocessed. */
  | 'unprocessed'
  /** Executed after a while. */
  | { delayMs: number };

export type FaultRule = {
  /** DynamoDB's name, such as `PutItem`; every operation if absent. */
  operation?: string;
  /** Every table if absent. */
  table?: string;
  /** How many requests it hits, 1 by default. `Infinity`: until clear(). */
  times?: number;
  fault: Fault;
};

/** One request as the proxy sees it. */
export type DynamoRequest = { operation: string; tables: string[]; body: RequestBody };

export type RequestBody = {
  TableName?: string;
  RequestItems?: Record<string, { Keys?: object[] }>;
  TransactItems?: Record<string, { TableName: string }>[];
  ReturnConsumedCapacity?: string;
};

export type Answer = { status: number; body: Record<string, unknown> };

/** Reads the operation from the header `x-amz-target`, e.g. `DynamoDB_20120810.PutItem`. */
export function parseRequest(target: string, text: string): DynamoRequest {
  const body = JSON.parse(text || '{}') as RequestBody;
  const batch = Object.keys(body.RequestItems ?? {});
  const transaction = (body.TransactItems ?? []).flatMap((item) => Object.values(item).map((write) => write.TableName));
  const tables = body.TableName === undefined ? [...new Set([...batch, ...transaction])] : [body.TableName];
  return { operation: target.split('.').at(-1) ?? target, tables, body };
}

/** The answer that DynamoDB would give to a request that meets this fault; undefined for faults without one. */
export function refusalBy(fault: Fault, { operation, body }: DynamoRequest): Answer | undefined {
  if (fault === 'throttle') return failure(400, 'ProvisionedThroughputExceededException');
  if (fault === 'server-error') return failure(500, 'InternalServerError');
  if (fault !== 'conflict') return undefined;
  if (operation !== 'TransactWriteItems') return failure(400, 'TransactionConflictException');
  const reasons = (body.TransactItems ?? []).map((_, index) =>
    index === 0 ? { Code: 'TransactionConflict', Message: 'injected' } : { Code: 'None' },
  );
  return failure(400, 'TransactionCanceledException', { CancellationReasons: reasons });
}

/** Takes the second half of the keys of each table out of a BatchGetItem and gives them back. */
export function withholdKeys({ RequestItems = {} }: RequestBody): RequestBody['RequestItems'] {
  const withheld: NonNullable<RequestBody['RequestItems']> = {};
  for (const [table, request] of Object.entries(RequestItems)) {
    const keys = request.Keys ?? [];
    withheld[table] = { ...request, Keys: keys.slice(Math.ceil(keys.length / 2)) };
    request.Keys = keys.slice(0, Math.ceil(keys.length / 2));
  }
  return withheld;
}

function failure(status: number, name: string, members: object = {}): Answer {
  return { status, body: { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'injected', ...members } };
}
