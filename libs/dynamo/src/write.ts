import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { request, type Sender } from './request.ts';
import { step } from './steps.ts';

export type WriteCommand = PutCommand | UpdateCommand | DeleteCommand;

export type WriteOptions = {
  /** Epoch milliseconds of the own clock. */
  deadlineAt: number;
  /** The id of this attempt, as stored in the item's attribute `writer`. */
  writer?: string;
  /** The version this write means to store, in the item's attribute `version`. */
  version?: number;
};

/**
 * `written` with what the command's ReturnValues asked for, or refused by the condition with the item as `stored`
 * (undefined: there is none).
 */
export type Written<Item> = { written: true; item?: Item } | { written: false; stored: Item | undefined };

/**
 * One conditional write. The SDK repeats a write whose answer was lost, and the repeat then fails its condition on our
 * own item: a refusal by an item that bears our `writer` and `version` is a success, with that item. (A Delete leaves no
 * item to recognise: its repeat is refused with `stored: undefined`.)
 */
export async function write<Item>(
  sender: Sender,
  name: string,
  command: WriteCommand,
  options: WriteOptions,
): Promise<Written<Item>> {
  return step(name, async () => {
    try {
      const { Attributes } = await request(sender, { name, deadlineAt: options.deadlineAt }, (documents, signal) =>
        send(documents, command, signal),
      );
      return Attributes === undefined ? { written: true } : { written: true, item: Attributes as Item };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const stored = error.Item && unmarshall(error.Item);
      return stored && isOwn(stored, options)
        ? { written: true, item: stored as Item }
        : { written: false, stored: stored as Item | undefined };
    }
  });
}

function isOwn(stored: Record<string, unknown>, { writer, version }: WriteOptions): boolean {
  return writer !== undefined && stored.writer === writer && (version === undefined || stored.version === version);
}

function send(documents: DynamoDBDocumentClient, command: WriteCommand, options: { abortSignal: AbortSignal }) {
  const returning = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
  if (command instanceof PutCommand) return documents.send(new PutCommand({ ...command.input, ...returning }), options);
  if (command instanceof UpdateCommand)
    return documents.send(new UpdateCommand({ ...command.input, ...returning }), options);
  return documents.send(new DeleteCommand({ ...command.input, ...returning }), options);
}
