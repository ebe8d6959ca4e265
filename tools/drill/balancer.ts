import { until } from '@shop/testing/until';
import { dockerUntil } from '../containers/docker.ts';
import { isUp, parseTargets, type Target } from './targets.ts';
import { services, type Tasks } from './tasks.ts';

const UP_WITHIN_MS = 90_000;
const PAUSE_MS = 1000;

export type Balancer = ReturnType<typeof createBalancer>;

/** The balancer of the stack, as soon as it finds every task healthy. */
export async function untilBalanced(tasks: Tasks, replicas: number, signal: AbortSignal): Promise<Balancer> {
  const [container] = await tasks.replicasOf('load-balancer');
  if (!container) throw new Error('The stack has no load balancer.');
  const balancer = createBalancer(container.id, signal);
  for (const service of services) {
    const running = await tasks.replicasOf(service);
    if (running.length !== replicas) throw new Error(`${service} has ${running.length} tasks instead of ${replicas}.`);
    for (const { ip } of running) await balancer.untilUp(ip);
  }
  return balancer;
}

/** HAProxy's runtime API, which only processes inside of its container reach. */
function createBalancer(container: string, signal: AbortSignal) {
  const docker = dockerUntil(signal);
  const send = (command: string) =>
    docker('exec', container, 'bash', '-c', 'exec 3<>/dev/tcp/127.0.0.1/9999; echo "$0" >&3; cat <&3', command);

  async function find(ip: string): Promise<Target | undefined> {
    const targets = parseTargets(await send('show stat'));
    return targets.find(({ address }) => address.startsWith(`${ip}:`));
  }

  return {
    find,
    /** What an ALB calls a healthy target. */
    async untilUp(ip: string): Promise<void> {
      const check = async () => {
        const target = await find(ip);
        return target && isUp(target);
      };
      await until(`${ip} is healthy in the balancer`, check, { timeoutMs: UP_WITHIN_MS, everyMs: PAUSE_MS, signal });
    },
    /** Nobody stands at the address any more. Docker gives it to the next container, which must not find it deregistered. */
    async untilGone(ip: string): Promise<void> {
      const check = async () => (await find(ip)) === undefined;
      await until(`${ip} has left the balancer`, check, { timeoutMs: UP_WITHIN_MS, everyMs: PAUSE_MS, signal });
    },
    /** The target gets no new request; the balancer drains its twin in the group that fails open as well. */
    async deregister({ service, slot }: Target): Promise<void> {
      const answer = await send(`set server be_${service}/${slot} state drain`);
      if (answer !== '') throw new Error(`The balancer does not deregister ${slot}: ${answer}`);
    },
    /** One JSON line for each request since then. */
    accessLog: (since: Date) => docker('logs', '--since', since.toISOString(), container),
  };
}
