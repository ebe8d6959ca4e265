import { setTimeout as sleep } from 'node:timers/promises';
import { startDynamoLocal } from '@shop/dynamo/local';
import type { Part } from './part.ts';

export type DatabaseOptions = { port: number; dataPath: string; onDeath: (sentence: string) => void };

/** DynamoDB Local as a part of the shop; it ends by itself when this process does. */
export function startDatabase({ port, dataPath, onDeath }: DatabaseOptions): Pick<Part, 'stop' | 'kill'> & {
  /** Rejects with one sentence when it does not start. */
  ready: Promise<void>;
} {
  let stopping = false;
  const starting = startDynamoLocal({ port, dataPath, detached: true });
  const ready = starting.then(({ ended }) => {
    void ended.then(() => !stopping && onDeath('DynamoDB Local ended by itself.'));
  });

  return {
    ready,
    async stop(deadlineMs) {
      stopping = true;
      const database = await starting.catch(() => undefined);
      await Promise.race([database?.stop(), sleep(deadlineMs, undefined, { ref: false })]);
    },
    // The exit of this process, which follows, ends it.
    kill() {
      stopping = true;
    },
  };
}
