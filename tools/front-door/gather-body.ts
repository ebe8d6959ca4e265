import type { IncomingMessage } from 'node:http';

export type GatheredBody = { bytes: Buffer; isWhole: boolean };

/**
 * Reads a body up to its end, or up to the limit and leaves the rest to be streamed. Rejects when the client hangs up, or
 * says nothing for the idle time.
 */
export function gatherBody(request: IncomingMessage, limit: number, idleTimeoutMs: number): Promise<GatheredBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    request.on('data', add).on('end', finish).on('close', giveUp).on('timeout', giveUp);
    request.socket.setTimeout(idleTimeoutMs);

    function add(chunk: Buffer): void {
      chunks.push(chunk);
      size += chunk.length;
      if (size < limit) return;
      request.pause();
      finish();
    }
    function finish(): void {
      stop();
      resolve({ bytes: Buffer.concat(chunks), isWhole: request.readableEnded });
    }
    function giveUp(): void {
      stop();
      reject(new Error('the body did not arrive'));
    }
    function stop(): void {
      request.off('data', add).off('end', finish).off('close', giveUp).off('timeout', giveUp);
      request.socket.setTimeout(0);
    }
  });
}
