import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readProfile, readTemplates } from '../infra-check/resolve/read-infra.ts';
import { deployments } from '../infra-check/resolve/resolve-chapters.ts';
import { inDestroyOrder } from './destroy-order.ts';
import { type Doomed, keepingRole, roleFor } from './destroy-plan.ts';

const root = join(import.meta.dirname, '../..');
const roleArn = 'arn:aws:iam::123456789012:role/shop/fargate-shop-workshop-cloudformation';
const doomed = (layer: string, more: Partial<Doomed> = {}): Doomed => ({
  layer,
  stack: `fargate-shop-${layer}`,
  resources: [],
  boundTo: roleArn,
  isTerminationProtected: false,
  whyKept: undefined,
  ...more,
});
const role = doomed('delivery-role', {
  resources: [{ type: 'AWS::IAM::Role', id: 'fargate-shop-workshop-cloudformation' }],
  boundTo: undefined,
});
const whyRoleStays = (registry: Partial<Doomed>) =>
  keepingRole([doomed('registry', registry), role]).map(({ whyKept }) => whyKept)[1];

describe('the order in which an environment is deleted', () => {
  const order = inDestroyOrder(deployments(readTemplates(root), readProfile(root, 'workshop')).map(({ name }) => name));

  test('ends with the role by which CloudFormation deletes the others', () => {
    expect(order.slice(-3)).toEqual(['data', 'registry', 'delivery-role']);
    expect(order.filter((name) => name === 'delivery-role')).toHaveLength(1);
  });

  test('is backwards for all others, beginning with a stack of stacks', () => {
    expect(order[0]).toBe('root');
    expect(order.indexOf('service-order')).toBeLessThan(order.indexOf('platform'));
    expect(order.indexOf('delivery')).toBeLessThan(order.indexOf('registry'));
  });
});

describe('the role of CloudFormation', () => {
  test('stays as long as a registry that stays was made with it', () => {
    expect(whyRoleStays({ whyKept: 'production runs its images' })).toMatch(/^fargate-shop-registry was made with/);
  });

  test('goes when the registry goes, too, or was made with another role or none', () => {
    expect(whyRoleStays({})).toBeUndefined();
    const whyKept = 'as you asked';
    expect(whyRoleStays({ whyKept, boundTo: roleArn.replace('workshop', 'production') })).toBeUndefined();
    expect(whyRoleStays({ whyKept, boundTo: undefined })).toBeUndefined();
  });

  test('deletes the other stacks when it is asked to, and never itself', () => {
    expect(roleFor(doomed('data'), roleArn)).toBe(roleArn);
    expect(roleFor(role, roleArn)).toBeUndefined();
    expect(roleFor(role, `${roleArn}-of-another`)).toBe(`${roleArn}-of-another`);
    expect(roleFor(doomed('data'), undefined)).toBeUndefined();
  });
});
