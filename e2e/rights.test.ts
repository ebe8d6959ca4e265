import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { resolveChapters } from '@shop/tools/infra-check/resolve/resolve-chapters';
import { resolveNested } from '@shop/tools/infra-check/resolve/resolve-nested';
import type { Shop as Stacks } from '@shop/tools/infra-check/resolve/stack';
import { profileWith, shops, templates } from '@shop/tools/infra-contracts/shop.fixture';
import { editedTemplates, type PolicyEdit } from './src/edited-templates.ts';
import { judgeRole } from './src/judge-rights.ts';
import { policiesOf } from './src/policies-of-roles.ts';
import { type RecordedShop, type Recording, startRecordedShop } from './src/recorded-shop.ts';
import { taskRolesOf } from './src/task-roles.ts';
import { unrecordedRights } from './src/unrecorded-rights.ts';
import { useEveryRight } from './src/use-every-right.ts';

/** What the parameters may add to a task role. */
const additions = { Tracing: 'collector', EnableExecuteCommand: 'true' };
const deployments: [string, Stacks][] = [
  ...shops,
  ...['workshop', 'production'].flatMap((name): [string, Stacks][] => {
    const profile = profileWith(name, additions, additions);
    return [
      [`${name} with tracing and ECS Exec`, resolveChapters(templates, profile)],
      [`${name} with tracing and ECS Exec, nested`, resolveNested(templates, profile)],
    ];
  }),
];

let shop: RecordedShop;
let recordings: Map<string, Recording>;
beforeAll(async () => {
  shop = await startRecordedShop();
  await useEveryRight(shop);
  recordings = shop.recordings();
}, 180_000);
afterAll(() => shop?.stop());

describe.each(deployments)('the task roles of %s', (_name, stacks) => {
  const roles = taskRolesOf(stacks);

  test('are those of the three services and the two jobs', () => {
    expect(roles.map(({ task }) => task).sort()).toEqual(['catalog', 'order', 'payment', 'reconcile', 'setup']);
  });

  test.each(roles.map((role) => [role.task, role] as const))(
    'allow what was recorded, and nothing else: %s',
    (_task, role) => {
      expect(judgeRole(role, recordings, unrecordedRights)).toEqual([]);
    },
  );

  test('are of containers that were recorded, but for the collector, whose rights are listed', () => {
    const names = roles.flatMap(({ task, containers }) => containers.map(({ name }) => `${task} ${name}`));
    expect(names.filter((name) => !recordings.has(name) && !name.endsWith(' collector'))).toEqual([]);
  });
});

test('No policy of a task role escapes, whatever parameter it hangs on: each is in one of the deployments above', () => {
  const roles = deployments.flatMap(([, stacks]) => taskRolesOf(stacks));
  const judged = new Set(roles.flatMap(({ granted }) => [...granted.values()].map((key) => key.replace(/^.*\//, ''))));
  const written = [...new Set(roles.map(({ role }) => role))].flatMap((role) => policiesOf(templates, role));
  expect(written.length).toBeGreaterThan(8);
  expect(written.filter((id) => !judged.has(id))).toEqual([]);
});

const mistakes: [string, PolicyEdit, string, string][] = [
  [
    'an action that is missing',
    { file: 'service-access.yaml', policy: 'OrderPolicy', change: { remove: 'dynamodb:UpdateItem' } },
    'order',
    'The role of order lacks dynamodb:UpdateItem on OrdersTable, which order called: on AWS that is AccessDenied. Grant it.',
  ],
  [
    'an action that nothing uses',
    { file: 'jobs-access.yaml', policy: 'ReconcilePolicy', change: { add: 'dynamodb:DeleteItem' } },
    'reconcile',
    'The role of reconcile has dynamodb:DeleteItem on PaymentsTable by jobs-access/ReconcilePolicy, which no recorded call ' +
      'took: take it away, make the test call it, or list it in unrecorded-rights.ts with its reason.',
  ],
  [
    'an action that another statement denies',
    { file: 'service-access.yaml', policy: 'DenyIamPolicy', change: { add: 'dynamodb:Get*' } },
    'payment',
    'The role of payment lacks dynamodb:GetItem on PaymentsTable, which payment called: on AWS that is AccessDenied. Grant it.',
  ],
  [
    'a listed right that the role has no more',
    { file: 'service-access.yaml', policy: 'TracingPolicy', change: { remove: 'xray:PutTraceSegments' } },
    'catalog',
    'unrecorded-rights.ts lists xray:PutTraceSegments on * for catalog (with Tracing, the collector beside the service ' +
      'sends its traces to X-Ray and its crash reports to its logs), and its role has it no more: strike it out.',
  ],
];

describe('a template with a mistake', () => {
  test.each(mistakes)('is told by its role, action and resource: %s', (_mistake, edit, task, sentence) => {
    const stacks = resolveChapters(editedTemplates(edit), profileWith('production', additions));
    const roles = taskRolesOf(stacks).filter((role) => role.task === task);
    expect(roles.flatMap((role) => judgeRole(role, recordings, unrecordedRights))).toContain(sentence);
  });

  test('that is a right for a call which was recorded, listed as if it could not be, is told as well', () => {
    const because = 'of a reason';
    const rights = [{ action: 'dynamodb:Query', resource: 'OrdersTable/index/open' }];
    const [order] = taskRolesOf(deployments[0]?.[1] as Stacks).filter(({ task }) => task === 'order');
    expect(order && judgeRole(order, recordings, [{ because, appliesTo: () => true, rights }])).toEqual([
      'unrecorded-rights.ts lists dynamodb:Query on OrdersTable/index/open for order, and it was recorded: strike it out.',
    ]);
  });
});
