import type { Facts } from '../facts.ts';
import { type Problem, problem, type Rule } from '../finding.ts';
import { type Json, textAt } from '../resolve/json.ts';
import { attributeOf, type StopBudget, stopBudgets } from '../stop-budget.ts';

/** What a template has to say, by infra/timings.json. */
type Agreement = { name: string; wanted: number; said: number; place: Json; member: string };

export const agreedTimes: Rule = {
  id: 'T-9',
  mistake: 'times that differ from place to place',
  holds: 'health checks, idle time-out, drain and stop are those of infra/timings.json, as in the compose stack',
  check: (shop, facts): Problem[] =>
    stopBudgets(shop, facts).flatMap((budget) =>
      agreements(budget, facts)
        .filter(({ wanted, said }) => wanted !== said)
        .map(({ name, wanted, said, place, member }) => {
          const what = `${budget.service.key}: ${name} is ${said}, in infra/timings.json ${wanted}`;
          return problem(what, 'change both, or neither', place, member);
        }),
    ),
};

function agreements({ target, balancer, container, service, ...budget }: StopBudget, { timings }: Facts): Agreement[] {
  const said = (place: Json | undefined, member: string, wanted: number): Agreement => ({
    name: member,
    wanted,
    said: Number(textAt(place, member)),
    place: place ?? null,
    member,
  });
  const { targetGroup, loadBalancer, container: times } = timings;
  const check = container.HealthCheck;
  return [
    said(target.properties, 'HealthCheckIntervalSeconds', targetGroup.healthCheckIntervalSeconds),
    said(target.properties, 'HealthCheckTimeoutSeconds', targetGroup.healthCheckTimeoutSeconds),
    said(target.properties, 'HealthyThresholdCount', targetGroup.healthyThresholdCount),
    said(target.properties, 'UnhealthyThresholdCount', targetGroup.unhealthyThresholdCount),
    said(container, 'StopTimeout', times.stopTimeoutSeconds),
    said(check, 'StartPeriod', times.healthCheckStartPeriodSeconds),
    said(check, 'Interval', times.healthCheckIntervalSeconds),
    said(check, 'Timeout', times.healthCheckTimeoutSeconds),
    said(check, 'Retries', times.healthCheckRetries),
    said(service.properties, 'HealthCheckGracePeriodSeconds', timings.service.healthCheckGracePeriodSeconds),
    {
      name: 'deregistration_delay.timeout_seconds',
      wanted: targetGroup.deregistrationDelaySeconds,
      said: budget.deregistration,
      place: target.properties,
      member: 'TargetGroupAttributes',
    },
    {
      name: 'idle_timeout.timeout_seconds',
      wanted: loadBalancer.idleTimeoutSeconds,
      said: attributeOf(balancer, 'LoadBalancerAttributes', 'idle_timeout.timeout_seconds', 60),
      place: balancer.properties,
      member: 'LoadBalancerAttributes',
    },
  ];
}
