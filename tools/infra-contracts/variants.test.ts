import { describe, expect, test } from '@jest/globals';
import { checkProfile } from '../infra-check/check.ts';
import { readFacts } from '../infra-check/facts.ts';
import type { JsonObject } from '../infra-check/resolve/json.ts';
import { at, numberAt, objectsAt, textAt } from '../infra-check/resolve/json.ts';
import { resolveChapters } from '../infra-check/resolve/resolve-chapters.ts';
import { resolveNested } from '../infra-check/resolve/resolve-nested.ts';
import { containersOf, environmentOf, ofType, profileWith, root, templates } from './shop.fixture.ts';

const facts = readFacts(root);
const hook = 'arn:aws:lambda:us-east-1:123456789012:function:try-the-shop';
const largest = { TaskCpu: '1024', TaskMemory: '2048' };
/** What the parameters of the services allow and no profile has. */
const variants: [string, JsonObject][] = [
  ['canary', { Strategy: 'CANARY' }],
  ['linear', { Strategy: 'LINEAR' }],
  ['blue/green', { Strategy: 'BLUE_GREEN' }],
  ['a hook', { Strategy: 'BLUE_GREEN', HookFunctionArn: hook }],
  ['tracing', { Tracing: 'collector' }],
  ['the middle size', { TaskCpu: '512', TaskMemory: '1024' }],
  ['the largest size, traced', { ...largest, Tracing: 'collector' }],
  ['Service Connect', { ...largest, DiscoveryMode: 'service-connect' }],
  ['ECS Exec', { EnableExecuteCommand: 'true' }],
];

describe.each(['workshop', 'production'])('a variant of %s', (profile) => {
  test.each(variants)('keeps to the rules: %s', (name, parameters) => {
    const found = checkProfile(templates, profileWith(profile, parameters), facts).findings;
    // A writable root is what ECS Exec is about, and why no profile has it.
    const expected = name === 'ECS Exec' ? /read-only|ReadonlyRootFilesystem|writ/i : /(?!)/;
    expect(found.filter(({ message }) => !expected.test(message))).toEqual([]);
  });

  test.each(['CANARY', 'LINEAR', 'BLUE_GREEN'])('keeps to the rules when root.yaml shifts by %s', (CatalogStrategy) => {
    const ofRoot = { CatalogStrategy, CatalogHookFunctionArn: hook };
    expect(checkProfile(templates, profileWith(profile, {}, ofRoot), facts).findings).toEqual([]);
    const shop = resolveNested(templates, profileWith(profile, {}, ofRoot));
    const strategies = ofType(shop, 'AWS::ECS::Service').map(({ properties }) =>
      at(properties, 'DeploymentConfiguration'),
    );
    expect(strategies.map((each) => textAt(each, 'Strategy')).sort()).toEqual(
      [CatalogStrategy, 'ROLLING', 'ROLLING'].sort(),
    );
    expect(strategies.flatMap((each) => objectsAt(each, 'LifecycleHooks')).map((each) => each.HookTargetArn)).toEqual([
      hook,
    ]);
  });

  test.each(variants)('divides a task among its containers, heaps included: %s', (_name, parameters) => {
    const shop = resolveChapters(templates, profileWith(profile, parameters));
    const tasks = ofType(shop, 'AWS::ECS::TaskDefinition');
    expect(tasks).toHaveLength(5);
    const proxied = parameters.DiscoveryMode === 'service-connect';
    for (const { stack, properties } of tasks) {
      const sum = (name: string) =>
        objectsAt(properties, 'ContainerDefinitions').reduce((total, each) => total + numberAt(each, name), 0);
      const isService = stack.startsWith('service-');
      expect(sum('Cpu')).toBeLessThanOrEqual(numberAt(properties, 'Cpu') - (proxied && isService ? 256 : 0));
      expect(sum('Memory')).toBeLessThanOrEqual(numberAt(properties, 'Memory') - (proxied && isService ? 64 : 0));
    }
    for (const [name, container] of containersOf(shop).filter(([each]) => !each.endsWith('collector'))) {
      const heap = /--max-old-space-size=(\d+)/.exec(environmentOf(container).NODE_OPTIONS ?? '')?.[1];
      expect([name, Number(heap)]).toEqual([name, numberAt(container, 'Memory') * 0.75]);
    }
  });
});

test('a line that the alarm on parked orders looks for is one that the order service writes', async () => {
  const shop = resolveChapters(templates, profileWith('workshop'));
  const [filter] = ofType(shop, 'AWS::Logs::MetricFilter');
  const { createOrderObserver } = await import('@shop/order/order-observer');
  const lines: string[] = [];
  const log = { error: (_fields: object, message: string) => lines.push(message) };
  const metrics = { parked: () => {} };
  createOrderObserver(log as never, metrics as never).parked({ orderId: 'ord_1', attempt: 1 } as never);
  const [, prefix] = /\$\.msg = "([^*"]+)\*"/.exec(textAt(filter?.properties, 'FilterPattern') ?? '') ?? [];
  expect(prefix?.length).toBeGreaterThan(5);
  expect(lines).toEqual([expect.stringMatching(`^${prefix}`)]);
});
