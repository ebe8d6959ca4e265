import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Routing } from '../front-door/routing.ts';
import { type JsonObject, listAt, numberAt, objectsAt, textAt } from '../infra-check/resolve/json.ts';
import { resolveChapters } from '../infra-check/resolve/resolve-chapters.ts';
import type { Resource } from '../infra-check/resolve/stack.ts';
import { ofType, profileWith, root, shops, templates } from './shop.fixture.ts';

const { rules, servicePages }: Routing = JSON.parse(readFileSync(`${root}infra/routing.json`, 'utf8'));

function ruleOf({ stack, properties }: Resource) {
  const [rewrite] = objectsAt(properties, 'Transforms', 0, 'UrlRewriteConfig', 'Rewrites');
  const prefix = /^\^(\/[\w-]+)\/\(\.\*\)\$$/.exec(textAt(rewrite, 'Regex') ?? '')?.[1];
  return {
    service: stack.split('-').at(-1),
    priority: numberAt(properties, 'Priority'),
    ...(prefix && { prefix }),
    paths: objectsAt(properties, 'Conditions').flatMap((each) => listAt(each, 'PathPatternConfig', 'Values')),
  };
}

const byPriority = (one: { priority: number }, other: { priority: number }) => one.priority - other.priority;

describe.each(shops)('the listener rules of %s', (_way, shop) => {
  const found = ofType(shop, 'AWS::ElasticLoadBalancingV2::ListenerRule');

  test('are those of infra/routing.json, and its pages in the workshop alone', () => {
    const wanted = shop.profile === 'workshop' ? [...rules, ...servicePages] : [...rules];
    expect(found.map(ruleOf).sort(byPriority)).toEqual(wanted.sort(byPriority));
  });

  test('remove the prefix of a page and nothing else', () => {
    for (const { properties } of found.filter((each) => each.properties.Transforms)) {
      const [rewrite] = objectsAt(properties, 'Transforms', 0, 'UrlRewriteConfig', 'Rewrites') as [JsonObject];
      const [path] = listAt(properties, 'Conditions', 0, 'PathPatternConfig', 'Values').map(String) as [string];
      const rewritten = path.replace(new RegExp(String(rewrite.Regex)), String(rewrite.Replace));
      expect(path).toMatch(new RegExp(`^/\\w+${rewritten}$`));
      expect(rewritten).toMatch(/^\/(docs|openapi\.json|task)/);
    }
  });

  test('lead to no internal path and to no probe', () => {
    for (const path of found.flatMap((each) => ruleOf(each).paths))
      expect(path).toMatch(/^\/(v1|problems|catalog|order|payment)\//);
  });
});

test('while ECS moves weights there is one rule per service on the public listener', () => {
  const shop = resolveChapters(templates, profileWith('workshop', { Strategy: 'CANARY' }));
  const found = ofType(shop, 'AWS::ElasticLoadBalancingV2::ListenerRule');
  const listeners = new Map<unknown, number[]>();
  for (const { properties } of found) {
    const { ListenerArn } = properties;
    listeners.set(ListenerArn, [...(listeners.get(ListenerArn) ?? []), numberAt(properties, 'Priority')]);
  }
  const priorities = rules.map(({ priority }) => priority);
  expect([...listeners.values()].map((each) => each.sort())).toEqual([priorities, priorities]);
});
