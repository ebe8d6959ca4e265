import {
  type CircuitBreakerPolicy,
  CircuitState,
  circuitBreaker,
  handleWhen,
  isBrokenCircuitError,
  SamplingBreaker,
} from 'cockatiel';
import { PeerUnavailable } from './peer-unavailable.ts';

export type BreakerOptions = {
  /** Opens when more than this part of the calls in the window failed. */
  failureRatio?: number;
  windowMs?: number;
  /** Fewer calls than this say nothing. */
  minimumCallsPerSecond?: number;
  /** After this long one call is let through; its outcome closes or opens the circuit again. */
  halfOpenAfterMs?: number;
};

export type BreakerState = 'closed' | 'open' | 'half-open';

/** What a failed call says about the peer: that it is down, that it works all the same, or nothing. */
export type Verdict = 'down' | 'works' | 'nothing';

export type Breaker = { run<Answer>(call: () => Promise<Answer>): Promise<Answer> };

/**
 * Spares a peer that is down, and callers the wait for it: while the circuit is open a call fails at once with
 * `circuit-open`, and so do the calls beside the one that probes a half-open circuit.
 */
export function createBreaker(
  peer: string,
  judge: (error: unknown) => Verdict,
  onState: (state: BreakerState) => void,
  { failureRatio = 0.5, windowMs = 10_000, minimumCallsPerSecond = 2, halfOpenAfterMs = 1000 }: BreakerOptions = {},
): Breaker {
  // A probe has to show that the peer works: one that says nothing leaves the circuit open.
  const opens = (error: unknown) => judge(error) === 'down' || policy.state === CircuitState.HalfOpen;
  const policy: CircuitBreakerPolicy = circuitBreaker(handleWhen(opens), {
    breaker: new SamplingBreaker({ threshold: failureRatio, duration: windowMs, minimumRps: minimumCallsPerSecond }),
    halfOpenAfter: halfOpenAfterMs,
  });
  onState('closed');
  policy.onStateChange((state) => onState(names[state] ?? 'open'));

  return {
    async run(call) {
      // Cockatiel would let this call wait for the probe, however long that takes.
      if (policy.state === CircuitState.HalfOpen) throw new PeerUnavailable(peer, 'circuit-open', { sent: false });
      try {
        const outcome = await policy.execute(() => settle(call));
        if ('refusal' in outcome) throw outcome.refusal;
        return outcome.answer;
      } catch (error) {
        if (isBrokenCircuitError(error)) throw new PeerUnavailable(peer, 'circuit-open', { sent: false });
        throw error;
      }
    },
  };

  /** An error that shows that the peer works counts in its favour, and is thrown afterwards. */
  async function settle<Answer>(call: () => Promise<Answer>): Promise<{ answer: Answer } | { refusal: unknown }> {
    try {
      return { answer: await call() };
    } catch (error) {
      if (judge(error) === 'works') return { refusal: error };
      throw error;
    }
  }
}

const names: Partial<Record<CircuitState, BreakerState>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half-open',
};
