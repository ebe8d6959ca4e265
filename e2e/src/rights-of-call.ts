/** What IAM has to allow: `dynamodb:Query` on `orders/index/open`. */
export type Right = { action: string; resource: string };

export function textOf({ action, resource }: Right): string {
  return `${action} on ${resource}`;
}

/** The members of a request that say what it touches. */
export type CallBody = {
  TableName?: string;
  IndexName?: string;
  RequestItems?: Record<string, unknown>;
  TransactItems?: Record<string, { TableName: string }>[];
  SecretId?: string;
};

/**
 * The rights that one call to DynamoDB or Secrets Manager takes, from its header `X-Amz-Target` and its body. Transactions
 * are no actions of IAM: each of their parts needs the right of the same write or read by itself. Batches are actions, on
 * each table that they name. A call that names an index is on the index, not on its table.
 * Sources: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html and
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
export function rightsOfCall(target: string, body: CallBody): Right[] {
  const [api = '', operation = ''] = target.split('.');
  if (api === 'secretsmanager') return [{ action: `secretsmanager:${operation}`, resource: body.SecretId ?? '*' }];
  // Whatever else a process asks for is nobody's right: the comparison will say so.
  if (api !== 'DynamoDB_20120810') return [{ action: target, resource: '*' }];
  if (body.TransactItems) {
    return body.TransactItems.flatMap((item) =>
      Object.entries(item).map(([kind, { TableName }]) => ({ action: `dynamodb:${kind}Item`, resource: TableName })),
    );
  }
  const action = `dynamodb:${operation}`;
  if (body.RequestItems) return Object.keys(body.RequestItems).map((resource) => ({ action, resource }));
  const { TableName = '*', IndexName } = body;
  return [{ action, resource: IndexName === undefined ? TableName : `${TableName}/index/${IndexName}` }];
}
