import type { ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { launchDynamo } from './launch-dynamo.ts';

export { whyNoDynamoLocal } from './launch-dynamo.ts';

export type DynamoLocal = {
  endpoint: string;
  port: number;
  stop(): Promise<void>;
  /** Resolves when it is gone, stopped or not. */
  ended: Promise<void>;
};

export type DynamoLocalOptions = {
  /** A free port if absent. */
  port?: number;
  /** Folder that keeps the data; in memory if absent. */
  dataPath?: string;
  /** Keeps the terminal's Ctrl-C away from DynamoDB, for a parent that stops it after everything else. */
  detached?: boolean;
  startTimeoutMs?: number;
};

/**
 * Starts DynamoDB Local by Java, else by Docker, and waits until it answers. Every failure is one sentence. Who starts it
 * stops it; a parent that dies without doing so takes it along.
 */
export async function startDynamoLocal({
  port = 0,
  dataPath,
  detached = false,
  startTimeoutMs = 60_000,
}: DynamoLocalOptions = {}): Promise<DynamoLocal> {
  const claimed = await claimPort(port);
  if (dataPath !== undefined) mkdirSync(dataPath, { recursive: true });
  const absolutePath = dataPath === undefined ? undefined : resolve(dataPath);
  const { child, kill } = launchDynamo({ port: claimed, dataPath: absolutePath, detached });
  process.once('exit', kill);

  const endpoint = `http://127.0.0.1:${claimed}`;
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const stop = async () => {
    process.off('exit', kill);
    if (hasEnded(child)) return;
    // Without this a process that waits for nothing else would end here, in the middle of its caller's clean-up.
    child.ref();
    kill();
    await ended;
  };
  try {
    await untilAnswering(child, endpoint, Date.now() + startTimeoutMs);
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint, port: claimed, stop, ended };
}

/** Opens the port for a moment: proves that it is free, and finds one for port 0. */
function claimPort(port: number): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', ({ code }: NodeJS.ErrnoException) =>
      fail(new Error(code === 'EADDRINUSE' ? `port ${port} is taken` : `port ${port} cannot be used (${code})`)),
    );
    server.listen(port, () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}

/** DynamoDB Local answers a bare GET with 400: any answer means that it is there. */
async function untilAnswering(child: ChildProcess, endpoint: string, deadlineAt: number): Promise<void> {
  while (Date.now() < deadlineAt) {
    if (hasEnded(child)) throw new Error(`DynamoDB Local ended while starting (exit code ${child.exitCode})`);
    const answered = await fetch(endpoint, { signal: AbortSignal.timeout(1000) }).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await sleep(50);
  }
  throw new Error(`DynamoDB Local did not answer at ${endpoint} in time`);
}

function hasEnded({ exitCode, signalCode, pid }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null || pid === undefined;
}
