import { channel } from 'node:diagnostics_channel';
import { context, createContextKey } from '@opentelemetry/api';

/** One message of the channel `shop.step`; crash tests and operators subscribe to it. */
export type Step = { name: string; phase: 'before' | 'after' };

/** Under this key the tracing context names the running step, for the spans of its requests. */
export const stepKey = createContextKey('shop.step');

const steps = channel('shop.step');

/**
 * Runs one step that other processes can see, and announces it. `after` means that the answer has arrived and that the
 * caller has not seen it yet; a step without an answer has no `after`.
 */
export async function step<Answer>(name: string, run: () => Promise<Answer>): Promise<Answer> {
  announce(name, 'before');
  const answer = await context.with(context.active().setValue(stepKey, name), run);
  announce(name, 'after');
  return answer;
}

function announce(name: string, phase: Step['phase']): void {
  if (steps.hasSubscribers) steps.publish({ name, phase } satisfies Step);
}
