import { describe, expect, test } from '@jest/globals';
import { listAt, objectsAt, textAt } from '../infra-check/resolve/json.ts';
import { resolveChapters } from '../infra-check/resolve/resolve-chapters.ts';
import type { Resource } from '../infra-check/resolve/stack.ts';
import { ofType, profileWith, templates } from './shop.fixture.ts';

const statementsOf = ({ properties }: Resource) => objectsAt(properties, 'PolicyDocument', 'Statement');

describe.each([
  ['workshop', 'production'],
  ['production', 'workshop'],
])('the roles that deliver %s', (profile, other) => {
  const shop = resolveChapters(templates, profileWith(profile));
  const ofDelivery = (type: string) => ofType(shop, type).filter(({ stack }) => stack.startsWith('delivery'));
  const policies = [...ofDelivery('AWS::IAM::ManagedPolicy'), ...ofDelivery('AWS::IAM::Policy')];
  const statements = policies.filter(({ id }) => id !== 'Boundary').flatMap(statementsOf);
  const arns = statements.flatMap((statement) => listAt(statement, 'Resource').map(String));

  test(`have no right on what bears the name of the project without ${profile}`, () => {
    const named = arns.filter((arn) => arn.includes('fargate-shop'));
    expect(named.length).toBeGreaterThan(15);
    const shared = /:repository\/fargate-shop\/\*$|:stack\/fargate-shop-registry\/\*$/;
    const ours = new RegExp(`fargate-shop[-/]${profile}`);
    expect(named.filter((arn) => !ours.test(arn) && !shared.test(arn))).toEqual([]);
    expect(arns.filter((arn) => arn.includes(other))).toEqual([]);
  });

  test('cannot be changed by CloudFormation, which may change roles without a path only', () => {
    const roles = ofDelivery('AWS::IAM::Role');
    expect(roles.map(({ properties }) => properties.Path)).toEqual(roles.map(() => '/delivery/'));
    const changing = statements.filter((statement) =>
      listAt(statement, 'Action').includes('iam:UpdateAssumeRolePolicy'),
    );
    expect(changing.flatMap((statement) => listAt(statement, 'Resource').map(String))).toEqual([
      expect.stringMatching(new RegExp(`:role/fargate-shop-${profile}-\\*$`)),
    ]);
  });

  test('may use secrets, keys and user pools that have the tags of the environment, and give these to no other', () => {
    const byTag = statements.filter((statement) =>
      listAt(statement, 'Action').some((action) =>
        /^(kms|secretsmanager|cognito-idp):(?!Get|Describe|List|EnableKeyRotation)/.test(String(action)),
      ),
    );
    expect(byTag.length).toBeGreaterThan(2);
    for (const statement of byTag) {
      const bound = ['ResourceTag', 'RequestTag'].map((key) =>
        textAt(statement, 'Condition', 'StringEquals', `aws:${key}/Environment`),
      );
      expect(bound.filter((environment) => environment !== undefined)).toEqual([profile]);
    }
  });

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: white space does not count.
  test('fit into managed policies of 6,144 characters', () => {
    const sizes = ofDelivery('AWS::IAM::ManagedPolicy').map(({ id, properties }) => ({
      id,
      size: JSON.stringify(properties.PolicyDocument).length,
    }));
    expect(sizes.filter(({ size }) => size > 6144)).toEqual([]);
  });
});
