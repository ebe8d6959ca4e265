import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
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
  if (name === 'traceidratio') return new TraceIdRatioBasedSampler(ratio >= 0 && ratio <= 1 ? ratio : 1);
  return undefined;
}
