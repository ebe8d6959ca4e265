export type Counts = { requests: number; failed: number };
export type TimelineEvent = Counts & { seconds: number; what: string; who: string };
export type Timeline = ReturnType<typeof createTimeline>;

export type TimelineOptions = {
  /** Of the load until now. */
  counts: () => Counts;
  print: (line: string) => void;
  now?: () => number;
};

/** What happened to which task, when, and how the load had fared until then: printed as it happens. */
export function createTimeline({ counts, print, now = () => performance.now() }: TimelineOptions) {
  const startedAt = now();
  const seconds = () => (now() - startedAt) / 1000;

  return {
    seconds,
    tell(who: string, what: string): void {
      const { requests, failed } = counts();
      print(timelineLine({ seconds: seconds(), who, what, requests, failed }));
    },
  };
}

const whole = new Intl.NumberFormat('en');

export function timelineLine({ seconds, who, what, requests, failed }: TimelineEvent): string {
  const time = `${seconds.toFixed(1).padStart(6)} s`;
  const load = `${whole.format(requests).padStart(7)} requests, ${whole.format(failed)} failed`;
  return `${time}  ${who.padEnd(16)} ${what.padEnd(46)} ${load}`;
}
