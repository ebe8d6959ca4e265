import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { backOff, untilDeadline } from './deadline.ts';
import { asStorageError, isBusy } from './errors.ts';

/** What every request needs beside its command. */
export type Sender = { readonly documents: DynamoDBDocumentClient; readonly random: () => number };

type Send<Output> = (documents: DynamoDBDocumentClient, options: { abortSignal: AbortSignal }) => Promise<Output>;

/**
 * Sends one command until it is answered or the deadline (epoch ms) has passed. After "busy" (a transaction holds the
 * item, a throttle) it is sent again with full jitter; an outage becomes StorageUnavailable.
 */
export async function request<Output>(
  { documents, random }: Sender,
  { name, deadlineAt, isRepeatable = isBusy }: { name: string; deadlineAt: number; isRepeatable?: typeof isBusy },
  send: Send<Output>,
): Promise<Output> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await untilDeadline(name, deadlineAt, (abortSignal) => send(documents, { abortSignal }));
    } catch (error) {
      if (!isRepeatable(error)) throw asStorageError(name, error);
      await backOff(name, { attempt, deadlineAt, random, cause: error });
    }
  }
}
