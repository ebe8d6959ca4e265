import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { listAt, numberAt, objectsAt, textAt } from '../infra-check/resolve/json.ts';
import type { Timings } from '../load-balancer/timings.ts';
import { containersOf, ofType, root, shops } from './shop.fixture.ts';

const timings: Timings = JSON.parse(readFileSync(`${root}infra/timings.json`, 'utf8'));

const attribute = (attributes: unknown[], key: string) =>
  textAt(
    objectsAt(attributes as never).find((each) => each.Key === key),
    'Value',
  );

describe.each(shops)('the times of infra/timings.json hold in %s', (_way, shop) => {
  const { targetGroup, loadBalancer, container, service } = timings;

  test.each(
    ofType(shop, 'AWS::ElasticLoadBalancingV2::TargetGroup')
      .filter(({ stack }) => stack !== 'nlb')
      .map(({ key, properties }) => [key, properties] as const),
  )('for the target group %s', (_key, properties) => {
    expect({
      healthCheckPath: properties.HealthCheckPath,
      healthCheckIntervalSeconds: numberAt(properties, 'HealthCheckIntervalSeconds'),
      healthCheckTimeoutSeconds: numberAt(properties, 'HealthCheckTimeoutSeconds'),
      healthyThresholdCount: numberAt(properties, 'HealthyThresholdCount'),
      unhealthyThresholdCount: numberAt(properties, 'UnhealthyThresholdCount'),
      deregistrationDelaySeconds: Number(
        attribute(listAt(properties, 'TargetGroupAttributes'), 'deregistration_delay.timeout_seconds'),
      ),
    }).toEqual(targetGroup);
  });

  test('for the load balancer', () => {
    const [balancer] = ofType(shop, 'AWS::ElasticLoadBalancingV2::LoadBalancer').filter(({ stack }) => stack !== 'nlb');
    const idle = attribute(listAt(balancer?.properties, 'LoadBalancerAttributes'), 'idle_timeout.timeout_seconds');
    expect(Number(idle)).toBe(loadBalancer.idleTimeoutSeconds);
  });

  test.each(containersOf(shop))('for the container %s', (_name, definition) => {
    expect(numberAt(definition, 'StopTimeout')).toBe(container.stopTimeoutSeconds);
    if (!definition.HealthCheck) return;
    expect({
      healthCheckStartPeriodSeconds: numberAt(definition, 'HealthCheck', 'StartPeriod'),
      healthCheckIntervalSeconds: numberAt(definition, 'HealthCheck', 'Interval'),
      healthCheckTimeoutSeconds: numberAt(definition, 'HealthCheck', 'Timeout'),
      healthCheckRetries: numberAt(definition, 'HealthCheck', 'Retries'),
    }).toEqual({ ...container, stopTimeoutSeconds: undefined });
  });

  test('for the services, all of which are checked', () => {
    const services = ofType(shop, 'AWS::ECS::Service');
    expect(services).toHaveLength(3);
    for (const { properties } of services)
      expect(numberAt(properties, 'HealthCheckGracePeriodSeconds')).toBe(service.healthCheckGracePeriodSeconds);
    const names = containersOf(shop).filter(([, { HealthCheck }]) => HealthCheck);
    expect(names.map(([name]) => name)).toEqual(
      expect.arrayContaining(['catalog catalog', 'order order', 'payment payment']),
    );
  });
});
