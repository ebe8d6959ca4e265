/** A request as the balancer saw it. */
export type AccessLine = {
  /** When it ended. */
  time: string;
  method: string;
  path: string;
  status: number;
  service?: string;
  /** IP address of the target. */
  target?: string;
  duration_ms: number;
  /** HAProxy's two letters for how it ended; `--` is well. */
  termination: string;
};

/** The lines of requests; the balancer writes others about itself. */
export function parseAccessLog(text: string): AccessLine[] {
  return text.split('\n').flatMap((line) => {
    try {
      const parsed = JSON.parse(line);
      return typeof parsed?.status === 'number' ? [parsed] : [];
    } catch {
      return [];
    }
  });
}

export type SeenFailure = { at: string; request: string; status?: number; latencyMs: number };

const FARTHEST_APART_MS = 1000;

/** The line of a request that failed: of the same method, path and status, the one that ended at about the same time. */
export function lineOf(failure: SeenFailure, lines: readonly AccessLine[]): AccessLine | undefined {
  const [method, route = ''] = failure.request.split(' ');
  const path = new RegExp(`^${route.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
  const endedAt = Date.parse(failure.at) + failure.latencyMs;
  const apart = ({ time }: AccessLine) => Math.abs(Date.parse(time) - endedAt);
  return lines
    .filter((line) => line.method === method && path.test(line.path))
    .filter((line) => (failure.status === undefined ? line.termination !== '--' : line.status === failure.status))
    .filter((line) => apart(line) <= FARTHEST_APART_MS)
    .toSorted((one, other) => apart(one) - apart(other))[0];
}
