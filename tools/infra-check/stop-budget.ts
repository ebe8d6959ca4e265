import { configOf } from './container-config.ts';
import type { Facts } from './facts.ts';
import { at, isTrue, type JsonObject, listAt, numberAt, objectsAt, textAt } from './resolve/json.ts';
import type { Resource } from './resolve/stack.ts';
import type { ShopIndex } from './shop-index.ts';
import { tasksOf } from './tasks.ts';

/** Everything that has to fit together when a task stops, in seconds. NaN where a template does not say. */
export type StopBudget = {
  service: Resource;
  container: JsonObject;
  target: Resource;
  balancer: Resource;
  idle: number;
  deregistration: number;
  /** Until the balancer sees that a target fails. */
  detection: number;
  stopTimeout: number;
  /** Until ECS gives a container up. */
  containerPatience: number;
  grace: number;
  spotWeight: number;
  /** Undefined without Service Connect. */
  perRequest: number | undefined;
  keepAlive: number;
  handler: number;
  request: number;
  shutdownDelay: number;
  shutdownDeadline: number;
};

/** One for each service behind a load balancer and each target group that it uses. */
export function stopBudgets(shop: ShopIndex, facts: Facts): StopBudget[] {
  const [balancer] = shop
    .ofType('AWS::ElasticLoadBalancingV2::LoadBalancer')
    .filter(({ properties }) => properties.Type !== 'network');
  if (!balancer) return [];
  return tasksOf(shop).flatMap(({ services, containers }) =>
    services.flatMap((service) =>
      objectsAt(service.properties, 'LoadBalancers').flatMap((entry) => {
        const container = containers.find(({ Name }) => Name === entry.ContainerName);
        const config = container && configOf(container, shop, facts);
        // Of a configuration that the code would refuse, V-1 tells.
        if (!container || !config || config.faults.length > 0) return [];
        const targets = [entry.TargetGroupArn, at(entry, 'AdvancedConfiguration', 'AlternateTargetGroupArn')];
        return targets
          .flatMap((each) => shop.targets(each))
          .map((target) => budget(service, container, target, balancer, config.values));
      }),
    ),
  );
}

function budget(
  service: Resource,
  container: JsonObject,
  target: Resource,
  balancer: Resource,
  config: { [name: string]: unknown },
): StopBudget {
  const of = (name: string) => Number(config[name]) / 1000;
  const check = container.HealthCheck;
  const { properties } = target;
  const interval = numberAt(properties, 'HealthCheckIntervalSeconds');
  const spot = objectsAt(service.properties, 'CapacityProviderStrategy').find(
    (each) => each.CapacityProvider === 'FARGATE_SPOT',
  );
  const [mesh] = listAt(service.properties, 'ServiceConnectConfiguration').filter((each) =>
    isTrue(at(each, 'Enabled')),
  );
  return {
    service,
    container,
    target,
    balancer,
    idle: attributeOf(balancer, 'LoadBalancerAttributes', 'idle_timeout.timeout_seconds', 60),
    deregistration: attributeOf(target, 'TargetGroupAttributes', 'deregistration_delay.timeout_seconds', 300),
    detection:
      interval * numberAt(properties, 'UnhealthyThresholdCount') + numberAt(properties, 'HealthCheckTimeoutSeconds'),
    stopTimeout: Number(textAt(container, 'StopTimeout') ?? 30),
    containerPatience: numberAt(check, 'StartPeriod') + numberAt(check, 'Retries') * numberAt(check, 'Interval'),
    grace: Number(textAt(service.properties, 'HealthCheckGracePeriodSeconds') ?? 0),
    spotWeight: numberAt(spot, 'Weight') || 0,
    perRequest: mesh === undefined ? undefined : numberAt(mesh, 'Services', 0, 'Timeout', 'PerRequestTimeoutSeconds'),
    keepAlive: of('KEEP_ALIVE_TIMEOUT_MS'),
    handler: of('HANDLER_TIMEOUT_MS'),
    request: of('REQUEST_TIMEOUT_MS'),
    shutdownDelay: of('SHUTDOWN_DELAY_MS'),
    shutdownDeadline: of('SHUTDOWN_DEADLINE_MS'),
  };
}

/** An attribute of a balancer or a target group, or what AWS takes without it. */
export function attributeOf(resource: Resource, list: string, key: string, otherwise: number): number {
  const attribute = objectsAt(resource.properties, list).find((each) => each.Key === key);
  return attribute ? numberAt(attribute, 'Value') : otherwise;
}
