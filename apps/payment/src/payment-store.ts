import { randomUUID } from 'node:crypto';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Dynamo, TableDefinition, Written } from '@shop/dynamo';
import { type Intended, type Move, moves, type Payment, type Succeeded } from './payment.ts';

export const paymentsTable: TableDefinition = { key: 'orderId' };

type PaymentWrite = `payment.${Move}`;
export const paymentWrites = (Object.keys(moves) as Move[]).map((move): PaymentWrite => `payment.${move}`);

/** What a move came to: `payment` is what is stored now, whoever wrote it. */
export type Outcome = { readonly written: boolean; readonly payment: Payment };

export type PaymentStore = ReturnType<typeof createPaymentStore>;

/** The payments; each move is one conditional write, and one that lost its race gives the winner's payment. */
export function createPaymentStore(dynamo: Dynamo<PaymentWrite>, table: string, newWriter: () => string = randomUUID) {
  return {
    get,

    intend: (intent: Omit<Intended, 'status' | 'version'>, deadlineAt: number) =>
      create('intend', { ...intent, status: moves.intend.to, version: 1 }, deadlineAt),

    void: (intent: Pick<Intended, 'orderId' | 'customerId'>, deadlineAt: number) =>
      create('void', { ...intent, status: moves.void.to, version: 1 }, deadlineAt),

    succeed: (payment: Intended, gatewayId: string, deadlineAt: number) =>
      change('succeed', payment, { gatewayId }, deadlineAt),

    decline: (payment: Intended, reason: string, deadlineAt: number) =>
      change('decline', payment, { reason }, deadlineAt),

    intendRefund: (payment: Succeeded, refundIntendedAt: string, deadlineAt: number) =>
      change('intendRefund', payment, { refundIntendedAt }, deadlineAt),

    refund: (payment: Succeeded, refundId: string, deadlineAt: number) =>
      change('refund', payment, { refundId }, deadlineAt),
  };

  async function get(orderId: string, deadlineAt: number): Promise<Payment | undefined> {
    const command = new GetCommand({ TableName: table, Key: { orderId }, ConsistentRead: true });
    return (await dynamo.read(command, deadlineAt)).Item as Payment | undefined;
  }

  async function create(move: Move, intent: Payment, deadlineAt: number): Promise<Outcome> {
    const writer = newWriter();
    const payment = { ...intent, writer };
    const put = new PutCommand({
      TableName: table,
      Item: payment,
      ConditionExpression: 'attribute_not_exists(orderId)',
    });
    const own = { deadlineAt, writer, version: payment.version };
    const done = await dynamo.write<Payment>(`payment.${move}`, put, own);
    return done.written ? { written: true, payment } : lost(done);
  }

  async function change(
    move: Move,
    payment: Payment,
    facts: Record<string, string>,
    deadlineAt: number,
  ): Promise<Outcome> {
    const set = { ...facts, status: moves[move].to, version: payment.version + 1, writer: newWriter() };
    const update = new UpdateCommand({
      TableName: table,
      Key: { orderId: payment.orderId },
      UpdateExpression: `SET ${Object.keys(set).map((name) => `#${name} = :${name}`)}`,
      ConditionExpression: '#status = :from AND #version = :seen',
      ExpressionAttributeNames: Object.fromEntries(Object.keys(set).map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: {
        ...Object.fromEntries(Object.entries(set).map(([name, value]) => [`:${name}`, value])),
        ':from': moves[move].from,
        ':seen': payment.version,
      },
    });
    const done = await dynamo.write<Payment>(`payment.${move}`, update, { deadlineAt, ...set });
    return done.written ? { written: true, payment: { ...payment, ...set } as Payment } : lost(done);
  }
}

function lost({ stored }: Extract<Written<Payment>, { written: false }>): Outcome {
  if (!stored) throw new Error('A payment is gone from its table, and none is ever deleted');
  return { written: false, payment: stored };
}
