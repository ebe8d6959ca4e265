import {
  DeleteClusterCommand,
  DeleteServiceCommand,
  DeregisterTaskDefinitionCommand,
  type ECSClient,
  ListTaskDefinitionsCommand,
} from '@aws-sdk/client-ecs';
import type { StackResource } from './empty.ts';

/** moto's CloudFormation forgets target groups and all of ECS when their stacks are deleted: deletes them one by one. */
export async function deleteForgotten(ecs: ECSClient, endpoint: string, held: readonly StackResource[]): Promise<void> {
  const ids = (wanted: string) => held.filter(({ type }) => type === wanted).map(({ id }) => id);
  for (const service of ids('AWS::ECS::Service'))
    await ecs.send(new DeleteServiceCommand({ cluster: service.split('/')[1], service, force: true }));
  for (const definition of ids('AWS::ECS::TaskDefinition')) {
    // Older revisions, too, which an update leaves behind.
    const familyPrefix = definition.split('/').at(-1)?.replace(/:\d+$/, '');
    const { taskDefinitionArns = [] } = await ecs.send(new ListTaskDefinitionsCommand({ familyPrefix }));
    for (const taskDefinition of taskDefinitionArns)
      await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition }));
  }
  for (const cluster of ids('AWS::ECS::Cluster')) await ecs.send(new DeleteClusterCommand({ cluster }));
  for (const group of ids('AWS::ElasticLoadBalancingV2::TargetGroup')) await deleteTargetGroup(endpoint, group);
}

/**
 * A plain request, as one more SDK client for an emulator alone would not pay: moto takes the service from the scope of the
 * credentials and does not look at the signature.
 */
async function deleteTargetGroup(endpoint: string, TargetGroupArn: string): Promise<void> {
  const credential = 'emulator/20260101/us-east-1/elasticloadbalancing/aws4_request';
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { Authorization: `AWS4-HMAC-SHA256 Credential=${credential}, Signature=none` },
    body: new URLSearchParams({ Action: 'DeleteTargetGroup', Version: '2015-12-01', TargetGroupArn }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`The emulator does not delete ${TargetGroupArn}: ${await response.text()}`);
}
