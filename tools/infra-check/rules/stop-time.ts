import { type Problem, problem, type Rule } from '../finding.ts';
import { type StopBudget, stopBudgets } from '../stop-budget.ts';

/** One inequality of the time that a stop takes. `place`: where the nearest of the numbers stands. */
type Inequality = {
  id: string;
  holds: string;
  is(budget: StopBudget): boolean;
  tell(budget: StopBudget): string;
  mend: string;
  place(budget: StopBudget): [object: Parameters<typeof problem>[2], member: string];
};

/** The code needs so long to send its last log lines and traces, in seconds. */
const FLUSH = 5;
const atTarget = ({ target }: StopBudget): [typeof target.properties, string] => [
  target.properties,
  'TargetGroupAttributes',
];
const atCheck = ({ target }: StopBudget): [typeof target.properties, string] => [
  target.properties,
  'HealthCheckIntervalSeconds',
];
const atStop = ({ container }: StopBudget): [typeof container, string] => [container, 'StopTimeout'];
const atBalancer = ({ balancer }: StopBudget): [typeof balancer.properties, string] => [
  balancer.properties,
  'LoadBalancerAttributes',
];
const atService = ({ service }: StopBudget): [typeof service.properties, string] => [
  service.properties,
  'HealthCheckGracePeriodSeconds',
];

const inequalities: Inequality[] = [
  {
    id: 'T-1',
    holds: 'the code keeps idle connections longer than the balancer, which therefore never sends into a closing one',
    is: ({ keepAlive, idle }) => keepAlive > idle,
    tell: ({ keepAlive, idle }) =>
      `the code closes idle connections after ${keepAlive} s, the balancer after ${idle} s`,
    mend: 'keep KEEP_ALIVE_TIMEOUT_MS above idle_timeout.timeout_seconds: below, clients see a 502 now and then',
    place: atBalancer,
  },
  {
    id: 'T-2',
    holds: 'a request that is being answered ends before its target is taken away, and before the balancer gives up',
    is: ({ handler, deregistration, idle }) => handler <= deregistration && handler < idle,
    tell: ({ handler, deregistration }) => `requests may take ${handler} s, a target leaves after ${deregistration} s`,
    mend: 'let HANDLER_TIMEOUT_MS <= deregistration_delay.timeout_seconds, and less than the idle time-out',
    place: atTarget,
  },
  {
    id: 'T-3',
    holds: 'the balancer sees that a target leaves while it still serves',
    is: ({ detection, shutdownDelay }) => detection <= shutdownDelay,
    tell: ({ detection, shutdownDelay }) =>
      `the balancer needs ${detection} s to see what serves on for ${shutdownDelay} s only`,
    mend: 'let interval x unhealthy threshold + time-out <= SHUTDOWN_DELAY_MS',
    place: atCheck,
  },
  {
    id: 'T-4',
    holds: 'all that a stop takes fits into StopTimeout, at whose end ECS kills',
    is: ({ shutdownDelay, handler, shutdownDeadline, stopTimeout }) =>
      shutdownDelay + handler + FLUSH < stopTimeout && shutdownDeadline < stopTimeout && stopTimeout <= 120,
    tell: ({ shutdownDelay, handler, shutdownDeadline, stopTimeout }) =>
      `a stop may take ${Math.max(shutdownDelay + handler + FLUSH, shutdownDeadline)} s, ECS kills after ${stopTimeout} s`,
    mend: 'let SHUTDOWN_DELAY_MS + HANDLER_TIMEOUT_MS + 5 s, and SHUTDOWN_DEADLINE_MS, be less than StopTimeout',
    place: atStop,
  },
  {
    id: 'T-5',
    holds: 'a target leaves within the two minutes that Spot gives',
    is: ({ spotWeight, deregistration }) => spotWeight === 0 || deregistration < 120,
    tell: ({ deregistration }) => `Spot takes a task after 120 s, its target leaves after ${deregistration} s`,
    mend: 'let deregistration_delay.timeout_seconds be less than 120, or SpotWeight 0',
    place: atTarget,
  },
  {
    id: 'T-6',
    holds: 'a new task has the time that its own health check gives it',
    is: ({ containerPatience, grace }) => containerPatience <= grace,
    tell: ({ containerPatience, grace }) =>
      `a container may take ${containerPatience} s to start, the service waits ${grace} s`,
    mend: 'let start period + retries x interval <= HealthCheckGracePeriodSeconds',
    place: atService,
  },
  {
    id: 'T-7',
    holds: 'the proxy of Service Connect gives up before the caller does',
    is: ({ perRequest, handler }) => perRequest === undefined || perRequest < handler,
    tell: ({ perRequest, handler }) => `the proxy waits ${perRequest} s for what has to be answered in ${handler} s`,
    mend: 'let PerRequestTimeoutSeconds be less than HANDLER_TIMEOUT_MS',
    place: ({ service }) => [service.properties, 'ServiceConnectConfiguration'],
  },
  {
    id: 'T-8',
    holds: 'receiving a request has an end, before the balancer gives up',
    is: ({ request, idle }) => request > 0 && request <= idle,
    tell: ({ request, idle }) => `a request may take ${request} s to arrive, the balancer waits ${idle} s`,
    mend: 'let REQUEST_TIMEOUT_MS be at most the idle time-out, and more than 0, which would be for ever',
    place: ({ container }) => [container, 'Environment'],
  },
];

export const stopTimes: Rule[] = inequalities.map(({ id, holds, is, tell, mend, place }) => ({
  id,
  mistake: 'a stop that loses requests',
  holds,
  check: (shop, facts): Problem[] =>
    stopBudgets(shop, facts)
      .filter((budget) => !is(budget))
      .map((budget) => problem(`${budget.service.key}: ${tell(budget)}`, mend, ...place(budget))),
}));
