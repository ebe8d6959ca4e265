const rootTrace = /(?:^|;)\s*Root=1-([0-9a-f]{8})-([0-9a-f]{24})(?:;|$)/;

/**
 * The trace id in an `X-Amzn-Trace-Id` header, for example `Self=1-...;Root=1-67891233-abcdef012345678912345678`. An
 * Application Load Balancer sends one with every request, and names no parent, because it records no span.
 */
export function balancerTraceId(header: string | string[] | undefined): string | undefined {
  const match = typeof header === 'string' ? rootTrace.exec(header) : null;
  return match === null ? undefined : `${match[1]}${match[2]}`;
}
