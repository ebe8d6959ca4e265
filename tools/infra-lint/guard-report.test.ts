import { expect, test } from '@jest/globals';
import { guardFindings } from './guard-report.ts';

const subject = { file: '/service.json', template: 'service', profile: 'production' };
const message = '\n  [CT.ECS.PR.6]: Require a read-only root\n  [FIX]: Make it read-only.\n  ';
const clause = (path: string) => ({
  Clause: { Unary: { check: { UnResolved: { value: { traversed_to: { path } } } } } },
});

test('a broken rule is told once for each resource, by the name and the advice in its message', () => {
  const checks = ['/Resources/Task/Properties/A', '/Resources/Task/Properties/B', '/Resources/Other/Type'].map(clause);
  const rule = { name: 'check', messages: { custom_message: message }, checks: [{ Rule: { name: 'deeper', checks } }] };
  const report = {
    name: 'service.json',
    not_compliant: [{ Rule: { name: 'ecs_check', messages: { custom_message: null }, checks: [{ Rule: rule }] } }],
  };
  const finding = { checker: 'cfn-guard', rule: 'CT.ECS.PR.6', subject, message: 'Make it read-only.' };
  expect(guardFindings(report, subject)).toEqual([
    { ...finding, place: 'Task' },
    { ...finding, place: 'Other' },
  ]);
});

test('a rule without a message is told all the same', () => {
  const report = { name: 'service.json', not_compliant: [{ Rule: { checks: [clause('/Resources/Task')] } }] };
  expect(guardFindings(report, subject)).toMatchObject([{ rule: 'unnamed rule', place: 'Task' }]);
});
