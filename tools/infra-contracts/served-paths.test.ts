import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCatalog } from '@shop/catalog/app';
import { CatalogConfig } from '@shop/catalog/config';
import { parseConfig } from '@shop/config';
import { createOrderService } from '@shop/order/app';
import { OrderConfig } from '@shop/order/config';
import { createPaymentService } from '@shop/payment/app';
import { PaymentConfig } from '@shop/payment/config';
import type { Service } from '@shop/service';
import { readFacts } from '../infra-check/facts.ts';
import { listAt, textAt } from '../infra-check/resolve/json.ts';
import { resolveChapters } from '../infra-check/resolve/resolve-chapters.ts';
import { containersOf, environmentOf, ofType, profileWith, root, templates } from './shop.fixture.ts';

const shop = resolveChapters(templates, profileWith('workshop'));
const probeOfImage = /path: '([^']+)'/.exec(readFileSync(`${root}docker/health-check.mjs`, 'utf8'))?.[1] ?? '';

type Environment = { [name: string]: string };
const services: [string, (environment: Environment) => Promise<Service>][] = [
  ['catalog', (environment) => createCatalog(parseConfig(CatalogConfig, environment))],
  ['order', (environment) => createOrderService(parseConfig(OrderConfig, environment))],
  ['payment', (environment) => createPaymentService(parseConfig(PaymentConfig, environment))],
];

/** What the template gives the container; only AWS knows what a token stands for. */
function environmentFor(name: string): Environment {
  const [, container = {}] = containersOf(shop).find(([each]) => each === `${name} ${name}`) ?? [];
  const known = Object.entries(environmentOf(container)).map(([key, value]) => [
    key,
    value.replace(/<[^>]*>/g, 'token'),
  ]);
  return { ...Object.fromEntries(known), LOG_LEVEL: 'fatal' };
}

describe.each(services)('%s, started with the environment of its task,', (name, start) => {
  let service: Service;
  beforeAll(async () => {
    service = await start(environmentFor(name));
    await service.app.ready();
  });
  afterAll(() => service?.close());
  const serves = (url: string) => service.app.hasRoute({ method: 'GET', url });
  const inStack = (type: string) => ofType(shop, type).filter(({ stack }) => stack === `service-routing-${name}`);

  test('serves what its target groups ask for', () => {
    const paths = inStack('AWS::ElasticLoadBalancingV2::TargetGroup').map(({ properties }) =>
      textAt(properties, 'HealthCheckPath'),
    );
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => !serves(path ?? ''))).toEqual([]);
  });

  test('serves what its container asks of itself, which is not what the balancer asks', () => {
    expect([probeOfImage, serves(probeOfImage)]).toEqual([expect.stringMatching(/^\/\w+$/), true]);
    const asked = inStack('AWS::ElasticLoadBalancingV2::TargetGroup').map(
      ({ properties }) => properties.HealthCheckPath,
    );
    expect(asked).not.toContain(probeOfImage);
  });

  test('serves the probes that the rules know', () => {
    const { probes } = readFacts(root);
    expect([probes.length, probes.filter((path) => !serves(path))]).toEqual([2, []]);
  });

  test('describes a path for each pattern of its public listener rule', async () => {
    const { paths } = (await service.app.inject('/openapi.json')).json() as { paths: object };
    const described = Object.keys(paths);
    const patterns = inStack('AWS::ElasticLoadBalancingV2::ListenerRule')
      .flatMap(({ properties }) => listAt(properties, 'Conditions', 0, 'PathPatternConfig', 'Values').map(String))
      .filter((pattern) => pattern.startsWith('/v1/'));
    expect(patterns.length).toBeGreaterThan(0);
    const matches = (pattern: string) => new RegExp(`^${pattern.replaceAll('*', '.+')}$`);
    expect(patterns.filter((pattern) => !described.some((path) => matches(pattern).test(path)))).toEqual([]);
    // And the other way: nothing public that no visitor reaches.
    const reached = (path: string) => patterns.some((pattern) => matches(pattern).test(path));
    expect(described.filter((path) => path.startsWith('/v1/') && !reached(path))).toEqual([]);
  });
});
