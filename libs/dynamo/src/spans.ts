import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Attributes, context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { stepKey } from './steps.ts';

/**
 * Puts every request of the client into a CLIENT span named by the OpenTelemetry conventions for DynamoDB, for example
 * `PutItem orders`, with the step it belongs to. It stands outermost, so one span covers the SDK's own repeats. A refused
 * condition is an answer and not an error. Without a tracer this costs an object or two.
 */
export function addSpans(client: DynamoDBClient): void {
  client.middlewareStack.add(
    (next, { commandName }) =>
      (args) =>
        withSpan(String(commandName).replace(/Command$/, ''), tablesOf(args.input), () => next(args)),
    { step: 'initialize', priority: 'high', name: 'shopSpans' },
  );
}

function withSpan<Answer>(operation: string, tables: string[], run: () => Promise<Answer>): Promise<Answer> {
  const step = context.active().getValue(stepKey);
  const attributes: Attributes = {
    'db.system.name': 'aws.dynamodb',
    'db.operation.name': operation,
    'aws.dynamodb.table_names': tables,
    ...(typeof step === 'string' && { 'shop.step': step }),
  };
  const name = [operation, ...tables].join(' ');
  return trace.getTracer('@shop/dynamo').startActiveSpan(name, { kind: SpanKind.CLIENT, attributes }, async (span) => {
    try {
      return await run();
    } catch (error) {
      const { name: errorName } = error as Error;
      if (!refusals.has(errorName)) {
        span.setAttribute('error.type', errorName).setStatus({ code: SpanStatusCode.ERROR });
      }
      throw error;
    } finally {
      span.end();
    }
  });
}

const refusals = new Set(['ConditionalCheckFailedException', 'TransactionCanceledException']);

type TableInput = {
  TableName?: string | undefined;
  RequestItems?: object | undefined;
  TransactItems?: readonly object[] | undefined;
};

function tablesOf(input: object): string[] {
  const { TableName, RequestItems = {}, TransactItems = [] } = input as TableInput;
  if (TableName !== undefined) return [TableName];
  const writes = TransactItems.flatMap((item) => Object.values(item) as TableInput[]);
  return [...new Set([...Object.keys(RequestItems), ...writes.flatMap((write) => write.TableName ?? [])])].sort();
}
