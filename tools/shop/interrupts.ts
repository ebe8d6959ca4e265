import type { EventEmitter } from 'node:events';

/** A terminal and npm both pass on one Ctrl-C. */
const REPEAT_WINDOW_MS = 250;

export type InterruptOptions = {
  /** The first signal. */
  onStop: () => void;
  /** A later one, when stopping takes too long for the user. */
  onForce: () => void;
  source?: Pick<EventEmitter, 'on'>;
  now?: () => number;
};

/** Tells a first Ctrl-C from its echo and from a second one. */
export function watchInterrupts({ onStop, onForce, source = process, now = Date.now }: InterruptOptions): void {
  let firstAt: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) source.on(signal, interrupt);

  function interrupt(): void {
    if (firstAt === undefined) {
      firstAt = now();
      onStop();
    } else if (now() - firstAt > REPEAT_WINDOW_MS) onForce();
  }
}
