/** One place of a target group in the balancer, as `show stat` tells it. */
export type Target = {
  service: string;
  slot: string;
  /** IP address and port. */
  address: string;
  /** HAProxy's word, such as `UP`, `DOWN`, `DRAIN`; `UP 1/2` is on its way down. */
  status: string;
  /** Requests that it has not yet answered, those that came by failing open included. */
  inFlight: number;
};

const group = /^be_(?<service>.+?)(?<failOpen>_fail_open)?$/;

/** The places that a container stands in, of all groups. */
export function parseTargets(statistics: string): Target[] {
  const rows = readRows(statistics).flatMap((row) => {
    const { service, failOpen } = group.exec(row.pxname ?? '')?.groups ?? {};
    const { svname: slot = '', addr: address = '', status = '', scur } = row;
    // A place whose container has gone is under maintenance, and keeps its address.
    const isTaken = address !== '' && !status.startsWith('MAINT');
    const isTarget = service !== undefined && isTaken && !['FRONTEND', 'BACKEND'].includes(slot);
    return isTarget ? [{ service, slot, address, status, inFlight: Number(scur), failOpen: Boolean(failOpen) }] : [];
  });
  return rows
    .filter(({ failOpen }) => !failOpen)
    .map(({ failOpen, ...target }) => {
      const places = rows.filter(({ service, address }) => service === target.service && address === target.address);
      return { ...target, inFlight: places.reduce((sum, { inFlight }) => sum + inFlight, 0) };
    });
}

export function isUp({ status }: Target): boolean {
  return status === 'UP';
}

/** Comma-separated values under a head line that begins with `# `. */
function readRows(statistics: string): Partial<Record<string, string>>[] {
  const [head = '', ...lines] = statistics.trim().split('\n');
  const names = head.replace(/^# /, '').split(',');
  return lines.filter(Boolean).map((line) => {
    const values = line.split(',');
    return Object.fromEntries(names.map((name, index) => [name, values[index]]));
  });
}
