import type { JsonObject } from './json.ts';

const account = '123456789012';
const region = 'us-east-1';

/** An account and a region for show; templates must not depend on either. */
export function pseudoParameters(stack: string, parameters: JsonObject) {
  const stackName = [parameters.ProjectName, parameters.EnvironmentName, stack].filter(Boolean).join('-');
  return {
    availabilityZones: ['a', 'b', 'c'].map((zone) => `${region}${zone}`),
    pseudo: {
      'AWS::AccountId': account,
      'AWS::Region': region,
      'AWS::Partition': 'aws',
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': stackName,
      'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/${stackName}/00000000-0000-0000-0000-000000000000`,
      'AWS::NotificationARNs': [],
    },
  };
}
