import { channel } from 'node:diagnostics_channel';

/** One message of the channel `shop.step`; crash tests and operators subscribe to it. */
export type Step = { name: string; phase: 'before' | 'after' };

const steps = channel('shop.step');

/** Announces one call: `before` it is sent, and `after` its answer has arrived and before the caller sees it. */
export function announce(name: string, phase: Step['phase']): void {
  if (steps.hasSubscribers) steps.publish({ name, phase } satisfies Step);
}
