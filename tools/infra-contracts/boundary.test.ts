import { describe, expect, test } from '@jest/globals';
import { listAt, objectsAt, textAt } from '../infra-check/resolve/json.ts';
import { resolveChapters } from '../infra-check/resolve/resolve-chapters.ts';
import type { Resource } from '../infra-check/resolve/stack.ts';
import { ofType, profileWith, templates } from './shop.fixture.ts';

// All policies that any parameter brings in.
const everything = {
  Strategy: 'CANARY',
  HookFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:try-the-shop',
  Tracing: 'collector',
  EnableExecuteCommand: 'true',
};
const ofDelivery = ({ stack }: Resource) => stack.startsWith('delivery');

describe.each(['workshop', 'production'])('the permissions boundary in %s', (profile) => {
  const shop = resolveChapters(templates, profileWith(profile, everything));
  const boundary = ofType(shop, 'AWS::IAM::ManagedPolicy').find(({ id }) => id === 'Boundary');

  test('encloses every role that CloudFormation makes for the shop', () => {
    const roles = ofType(shop, 'AWS::IAM::Role').filter((role) => !ofDelivery(role));
    expect(roles.length).toBeGreaterThan(9);
    expect(roles.filter(({ properties }) => !properties.PermissionsBoundary).map(({ key }) => key)).toEqual([]);
  });

  test('lets each role do what its policies say, and has no action that none of them has', () => {
    const policies = ofType(shop, 'AWS::IAM::Policy').filter((policy) => !ofDelivery(policy));
    const granted = policies.flatMap(({ properties }) => actionsOf(properties));
    const bound = actionsOf(boundary?.properties);
    expect(granted.filter((action) => !bound.includes(action))).toEqual([]);
    // Those of load balancers are of AmazonECSInfrastructureRolePolicyForLoadBalancers, which AWS keeps.
    const unused = bound.filter((action) => !granted.includes(action) && !action.startsWith('elasticloadbalancing:'));
    expect(unused).toEqual([]);
  });
});

function actionsOf(properties: Resource['properties'] | undefined): string[] {
  return objectsAt(properties, 'PolicyDocument', 'Statement')
    .filter((statement) => textAt(statement, 'Effect') === 'Allow')
    .flatMap((statement) => listAt(statement, 'Action').map(String));
}
