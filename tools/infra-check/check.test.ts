import { describe, expect, test } from '@jest/globals';
import { checkProfile } from './check.ts';
import { type Facts, readFacts } from './facts.ts';
import { fargateSizes } from './fargate-sizes.ts';
import { problem, type Rule } from './finding.ts';
import { overlap } from './path-patterns.ts';
import { renderResult } from './report.ts';
import { at } from './resolve/json.ts';
import { readTemplate } from './resolve/read-template.ts';
import { rules } from './rules.ts';

const facts: Facts = readFacts(new URL('../..', import.meta.url).pathname);
const template = readTemplate(
  'infra/templates/data.yaml',
  'Resources:\n  Orders:\n    Type: AWS::DynamoDB::Table\n    Properties:\n      TableName: orders\n',
);
const profile = { name: 'workshop', values: {} };
const noName: Rule = {
  id: 'Z-1',
  mistake: 'tables with names',
  holds: 'no table has a name',
  check: (shop) =>
    shop
      .ofType('AWS::DynamoDB::Table')
      .map(({ key, properties }) => problem(`${key} has a name`, 'drop it', properties, 'TableName')),
};
const suppression = {
  rule: 'Z-1',
  file: 'infra/templates/data.yaml',
  messages: ['data/Orders has a name'],
  reason: 'it is old',
};

describe('a finding', () => {
  test('says what is wrong, where, which mistake it is and how to mend it', () => {
    const result = checkProfile([template], profile, facts, [noName], []);
    expect(result.findings).toEqual([
      {
        rule: 'Z-1',
        profile: 'workshop',
        mistake: 'tables with names',
        message: 'data/Orders has a name',
        mend: 'drop it',
        where: 'infra/templates/data.yaml:5',
      },
    ]);
    expect(renderResult('workshop', result, 1)).toBe(`infra/templates/data.yaml:5 Z-1 data/Orders has a name
    the mistake: tables with names
    mend it:     drop it

workshop: 1 rules, 1 resources, 1 finding`);
  });

  test('can stand on purpose, which is told with its reason', () => {
    const result = checkProfile([template], profile, facts, [noName], [suppression]);
    expect(renderResult('workshop', result, 1)).toBe(`workshop: 1 rules, 1 resources, no finding
  allowed: Z-1 in infra/templates/data.yaml: it is old`);
  });
});

describe('an exception', () => {
  const messages = [...suppression.messages, 'data/Invoices has a name'];
  const check = (rules: readonly Rule[], exception = suppression) =>
    checkProfile([template], profile, facts, rules, [exception]).findings.map(
      ({ rule, message }) => `${rule} ${message}`,
    );

  test('is for one message to the letter', () => {
    expect(check([noName], { ...suppression, messages: ['data/Orders has'] })).toContain('Z-1 data/Orders has a name');
  });

  test('that nothing needs is a finding itself', () => {
    expect(check([noName], { ...suppression, messages })).toEqual([
      'E-1 "data/Invoices has a name" is allowed for Z-1, and nothing says so',
    ]);
  });

  test('is not missed where its rule does not look', () => {
    expect(check([])).toEqual([]);
  });
});

describe('the rules', () => {
  test('have ids of their own', () => {
    const ids = rules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('report each template that is missing', () => {
    const missing = checkProfile([template], profile, { ...facts, templates: ['data'] }, rules, []).findings;
    const messages = missing.map(({ rule, message }) => `${rule} ${message}`);
    expect(messages).toContain('O-1 there is no network.yaml');
    expect(messages).not.toContain('O-1 there is no data.yaml');
  });

  test('know the 74 sizes of Fargate', () => {
    expect([...fargateSizes.values()].flat()).toHaveLength(74);
    expect(fargateSizes.get(256)).toEqual([512, 1024, 2048]);
    expect(at([...(fargateSizes.get(16_384) ?? [])], 11)).toBe(122_880);
  });

  test.each([
    ['/v1/orders', '/v1/orders', true],
    ['/v1/orders', '/v1/orders/*', false],
    ['/v1/*', '/v1/orders/*', true],
    ['/problems/order-*', '/problems/payment-*', false],
    ['/*/docs', '/catalog/*', true],
    ['/v?/orders', '/v1/*', true],
    ['/v1/payments/*', '/internal/*', false],
  ])('know whether %s and %s match a common path: %s', (one, other, common) => {
    expect([overlap(one, other), overlap(other, one)]).toEqual([common, common]);
  });
});
