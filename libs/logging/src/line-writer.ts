import { createChunkWriter } from './chunk-writer.ts';

/** A pino destination. What it still holds when the process exits is written then. */
export type LineWriter = {
  write(line: string): void;
  /** Calls back when every line so far is written, or cannot be. */
  flush(done: () => void): void;
  flushSync(): void;
};

const chunkBytes = 64 * 1024;
/** A reader that has stopped reading costs the lines beyond 16 MB, not the task its memory. */
const mostChunksWaiting = 256;

/**
 * Copies lines into chunks of memory and writes those. `pino.destination` hands text to `fs.write`, which costs several
 * times as much a line. A quiet service's lines wait `waitMs` at most.
 */
export function createLineWriter({ fd = 1, waitMs = 100 } = {}): LineWriter {
  const output = createChunkWriter(fd);
  let filling = Buffer.allocUnsafeSlow(chunkBytes);
  let filled = 0;
  let spare: Buffer<ArrayBuffer> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isGuarded = false;

  function release(): void {
    clearTimeout(timer);
    timer = undefined;
    if (filled === 0) return;
    const chunk = filling;
    output.add(chunk.subarray(0, filled), () => {
      spare = chunk;
      unguard();
    });
    filling = spare ?? Buffer.allocUnsafeSlow(chunkBytes);
    spare = undefined;
    filled = 0;
  }

  const writer: LineWriter = {
    write(line) {
      // A UTF-16 unit takes three bytes of UTF-8 at most.
      const mostBytes = line.length * 3;
      if (filled + mostBytes > chunkBytes) release();
      if (output.waiting > mostChunksWaiting) return;
      if (mostBytes > chunkBytes) output.add(Buffer.from(line), unguard);
      else filled += filling.write(line, filled);
      timer ??= setTimeout(release, waitMs).unref();
      if (!isGuarded) process.once('exit', writer.flushSync);
      isGuarded = true;
    },
    flush(done) {
      release();
      output.whenIdle(done);
    },
    flushSync() {
      release();
      output.finishSync();
    },
  };

  /** A logger that has nothing to write leaves no trace in the process, so that tests may make many. */
  function unguard(): void {
    if (output.waiting > 0 || filled > 0) return;
    process.off('exit', writer.flushSync);
    isGuarded = false;
  }
  return writer;
}
