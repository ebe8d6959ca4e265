/** The labels of each metric with the values that were seen. */
export type Exposed = Map<string, Map<string, Set<string>>>;

/** What a service shows on `/metrics`, in Prometheus's text format, is added to what is known. */
export function addExposition(exposed: Exposed, text: string): void {
  for (const line of text.split('\n')) {
    const [, metric, labels = ''] = sample.exec(line) ?? [];
    if (metric === undefined) continue;
    addSeries(exposed, metric, Object.fromEntries([...labels.matchAll(label)].map(readLabel)));
  }
}

export function addSeries(exposed: Exposed, metric: string, labels: Readonly<Record<string, string>>): void {
  const known = exposed.get(metric) ?? new Map<string, Set<string>>();
  exposed.set(metric, known);
  for (const [name, value] of Object.entries(labels)) known.set(name, (known.get(name) ?? new Set()).add(value));
}

function readLabel([, name = '', value = '']: RegExpExecArray): [name: string, value: string] {
  return [name, value.replace(/\\(.)/g, (_all, escaped) => (escaped === 'n' ? '\n' : escaped))];
}

const sample = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? \S+$/;
const label = /(\w+)="((?:[^"\\]|\\.)*)"/g;
