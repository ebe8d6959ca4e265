import { describe, expect, test } from '@jest/globals';
import { readTemplate } from '../infra-check/resolve/read-template.ts';
import { resolveStack } from '../infra-check/resolve/resolve-stack.ts';
import { toTemplate } from '../infra-check/resolve/to-template.ts';
import { strip } from './strip.ts';

const text = `
Resources:
  Key: { Type: AWS::SecretsManager::Secret }
  Balancer: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer }
  Role:
    Type: AWS::IAM::Role
    DependsOn: [Key, Balancer]
    Properties: { Path: !Sub '/\${Key}/\${Balancer}' }
  Topic: { Type: AWS::SNS::Topic, DependsOn: Key }
Outputs:
  KeyArn: { Value: !Ref Key }
  FullName: { Value: !GetAtt Balancer.LoadBalancerFullName }
  Address: { Value: !GetAtt Balancer.DNSName }
`;
const written = resolveStack('data', readTemplate('infra/templates/data.yaml', text), {});
const { stack, left } = strip(written, {
  types: { 'AWS::SecretsManager::Secret': 'not here' },
  attributes: { 'AWS::ElasticLoadBalancingV2::LoadBalancer': ['LoadBalancerFullName'] },
});
const template = toTemplate(stack);
const standIn = (id: string) => `arn:aws:left-out:us-east-1:123456789012:data/${id}`;

describe('what an emulator lacks', () => {
  test('is left out and told', () => {
    expect(left.map(({ id }) => id)).toEqual(['Key']);
    expect(Object.keys(template.Resources)).toEqual(['Balancer', 'Role', 'Topic']);
  });

  test('is an ARN for whoever refers to it, beside what is still there', () => {
    expect(template.Resources.Role).toMatchObject({
      Properties: { Path: { 'Fn::Sub': `/${standIn('Key')}/\${Balancer}` } },
    });
    expect(template.Outputs.KeyArn).toEqual({ Value: standIn('Key') });
  });

  test('can be an attribute of what it has', () => {
    expect(template.Outputs.FullName).toEqual({ Value: standIn('Balancer') });
    expect(template.Outputs.Address).toEqual({ Value: { 'Fn::GetAtt': ['Balancer', 'DNSName'] } });
  });

  test('is waited for by nothing', () => {
    expect(template.Resources.Role).toMatchObject({ DependsOn: ['Balancer'] });
    expect(template.Resources.Topic).not.toHaveProperty('DependsOn');
  });
});
