import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '@shop/config';
import { serviceConfig } from '@shop/service';
import { Type } from 'typebox';
import type { Timings } from './timings.ts';

const text = readFileSync(new URL('../../infra/timings.json', import.meta.url), 'utf8');
const { targetGroup, loadBalancer, container, service }: Timings = JSON.parse(text);
const app = parseConfig(Type.Object(serviceConfig), {});

/** Log lines and traces are flushed after the last request. */
const FLUSH_SECONDS = 5;
/** The longest stop time-out of Fargate, and the notice that Fargate Spot gives. */
const FARGATE_LIMIT_SECONDS = 120;
const handlerSeconds = app.HANDLER_TIMEOUT_MS / 1000;
const delaySeconds = app.SHUTDOWN_DELAY_MS / 1000;

describe('the time budget of a stop holds with the defaults of the services', () => {
  test('a service keeps idle connections longer than the balancer, which so never uses one that the service closes', () => {
    expect(app.KEEP_ALIVE_TIMEOUT_MS / 1000).toBeGreaterThan(loadBalancer.idleTimeoutSeconds);
  });

  test('a request ends within the deregistration delay, and before the balancer finds its connection idle', () => {
    expect(handlerSeconds).toBeLessThanOrEqual(targetGroup.deregistrationDelaySeconds);
    expect(handlerSeconds).toBeLessThan(loadBalancer.idleTimeoutSeconds);
  });

  test('a stopping service serves on until the balancer has taken it out', () => {
    const { healthCheckIntervalSeconds, unhealthyThresholdCount, healthCheckTimeoutSeconds } = targetGroup;
    const takenOut = healthCheckIntervalSeconds * unhealthyThresholdCount + healthCheckTimeoutSeconds;
    expect(takenOut).toBeLessThanOrEqual(delaySeconds);
  });

  test('what a stopping service has to do fits into its stop time-out, and that into the limit of Fargate', () => {
    expect(delaySeconds + handlerSeconds + FLUSH_SECONDS).toBeLessThanOrEqual(app.SHUTDOWN_DEADLINE_MS / 1000);
    expect(app.SHUTDOWN_DEADLINE_MS / 1000).toBeLessThan(container.stopTimeoutSeconds);
    expect(container.stopTimeoutSeconds).toBeLessThanOrEqual(FARGATE_LIMIT_SECONDS);
  });

  test('a target is deregistered before Fargate Spot takes its machine', () => {
    expect(targetGroup.deregistrationDelaySeconds).toBeLessThan(FARGATE_LIMIT_SECONDS);
  });

  test('a container that never starts is found by its own health check within the grace period', () => {
    const { healthCheckStartPeriodSeconds, healthCheckRetries, healthCheckIntervalSeconds } = container;
    const found = healthCheckStartPeriodSeconds + healthCheckRetries * healthCheckIntervalSeconds;
    expect(found).toBeLessThanOrEqual(service.healthCheckGracePeriodSeconds);
  });

  test('a health check answers or gives up before the next one', () => {
    expect(targetGroup.healthCheckTimeoutSeconds).toBeLessThan(targetGroup.healthCheckIntervalSeconds);
    expect(container.healthCheckTimeoutSeconds).toBeLessThan(container.healthCheckIntervalSeconds);
  });
});
