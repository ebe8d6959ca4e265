import { CircuitState, circuitBreaker, handleWhen, isBrokenCircuitError, SamplingBreaker } from 'cockatiel';
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

export type Breaker = { run<Answer>(call: () => Promise<Answer>): Promise<Answer> };

/**
 * Spares a peer that is down, and callers the wait for it: while the circuit is open a call fails at once with
 * `circuit-open`, and so do the calls beside the one that probes a half-open circuit.
 */
export function createBreaker(
  peer: string,
  isFailure: (error: unknown) => boolean,
  onState: (state: BreakerState) => void,
  { failureRatio = 0.5, windowMs = 10_000, minimumCallsPerSecond = 2, halfOpenAfterMs = 1000 }: BreakerOptions = {},
): Breaker {
  const policy = circuitBreaker(handleWhen(isFailure), {
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
        return await policy.execute(call);
      } catch (error) {
        if (isBrokenCircuitError(error)) throw new PeerUnavailable(peer, 'circuit-open', { sent: false });
        throw error;
      }
    },
  };
}

const names: Partial<Record<CircuitState, BreakerState>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half-open',
};
