import { describe, expect, test } from '@jest/globals';
import { type CallBody, type Right, rightsOfCall } from './rights-of-call.ts';

const right = (action: string, resource: string): Right => ({ action, resource });
const calls: [string, string, CallBody, Right[]][] = [
  ['a read by key', 'DynamoDB_20120810.GetItem', { TableName: 'orders' }, [right('dynamodb:GetItem', 'orders')]],
  ['a query of a table', 'DynamoDB_20120810.Query', { TableName: 'orders' }, [right('dynamodb:Query', 'orders')]],
  [
    'a query of an index, which is another resource than its table',
    'DynamoDB_20120810.Query',
    { TableName: 'orders', IndexName: 'open' },
    [right('dynamodb:Query', 'orders/index/open')],
  ],
  [
    'a batch, on each of its tables',
    'DynamoDB_20120810.BatchGetItem',
    { RequestItems: { orders: {}, products: {} } },
    [right('dynamodb:BatchGetItem', 'orders'), right('dynamodb:BatchGetItem', 'products')],
  ],
  [
    'a transaction that writes, as its parts',
    'DynamoDB_20120810.TransactWriteItems',
    {
      TransactItems: [
        { Put: { TableName: 'reservations' } },
        { Update: { TableName: 'products' } },
        { Delete: { TableName: 'products' } },
        { ConditionCheck: { TableName: 'orders' } },
      ],
    },
    [
      right('dynamodb:PutItem', 'reservations'),
      right('dynamodb:UpdateItem', 'products'),
      right('dynamodb:DeleteItem', 'products'),
      right('dynamodb:ConditionCheckItem', 'orders'),
    ],
  ],
  [
    'a transaction that reads, as its parts',
    'DynamoDB_20120810.TransactGetItems',
    { TransactItems: [{ Get: { TableName: 'orders' } }] },
    [right('dynamodb:GetItem', 'orders')],
  ],
  [
    'a read of a secret',
    'secretsmanager.GetSecretValue',
    { SecretId: 'arn:of:the:secret' },
    [right('secretsmanager:GetSecretValue', 'arn:of:the:secret')],
  ],
  [
    'a call to any other service, by its own name',
    'AmazonSSM.GetParameter',
    {},
    [right('AmazonSSM.GetParameter', '*')],
  ],
];

describe('the rights that a call takes', () => {
  test.each(calls)('are known for %s', (_what, target, body, rights) => {
    expect(rightsOfCall(target, body)).toEqual(rights);
  });
});
