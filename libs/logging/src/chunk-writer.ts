import { write, writeSync } from 'node:fs';

export type ChunkWriter = {
  /** Chunks are written one after the other, off the event loop; `written` says that its memory is free again. */
  add(chunk: Buffer, written: () => void): void;
  /** Calls back once nothing is left. */
  whenIdle(done: () => void): void;
  /** Writes what has not been started, while the process can still wait for it. */
  finishSync(): void;
  readonly waiting: number;
};

const retryMs = 20;
const syncTries = 50;

/** Writes to a file descriptor, usually a pipe: it may take a part, be full for a while, or lose its reader for good. */
export function createChunkWriter(fd: number): ChunkWriter {
  const chunks: { bytes: Buffer; written: () => void }[] = [];
  const idleCallbacks: (() => void)[] = [];
  let isWriting = false;

  function next(): void {
    const [first] = chunks;
    if (first === undefined) {
      for (const done of idleCallbacks.splice(0)) done();
      return;
    }
    if (isWriting) return;
    isWriting = true;
    write(fd, first.bytes, 0, first.bytes.length, null, (error, bytesWritten) => {
      isWriting = false;
      if (error?.code === 'EAGAIN') {
        setTimeout(next, retryMs);
        return;
      }
      // Whatever else went wrong will go wrong again: nobody is reading, and there is nowhere to say so.
      const rest = error ? undefined : first.bytes.subarray(bytesWritten);
      if (rest !== undefined && rest.length > 0) {
        first.bytes = rest;
      } else {
        chunks.shift();
        first.written();
      }
      next();
    });
  }

  return {
    add(bytes, written) {
      chunks.push({ bytes, written });
      next();
    },
    whenIdle(done) {
      idleCallbacks.push(done);
      next();
    },
    finishSync() {
      // The chunk under way is finished by its thread before the process ends.
      for (const { bytes } of chunks.splice(isWriting ? 1 : 0)) writeWhole(fd, bytes);
    },
    get waiting() {
      return chunks.length;
    },
  };
}

function writeWhole(fd: number, bytes: Buffer): void {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let at = 0, tries = 0; at < bytes.length && tries < syncTries; ) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
      tries += 1;
      Atomics.wait(pause, 0, 0, retryMs);
    }
  }
}
