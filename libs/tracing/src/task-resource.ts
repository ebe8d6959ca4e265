import { defaultResource, type Resource, resourceFromAttributes } from '@opentelemetry/resources';
import { ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions';

/** What is known of the ECS task; each is left out of the spans when it is not known. */
export type TaskAttributes = {
  taskArn?: string | undefined;
  family?: string | undefined;
  revision?: string | undefined;
  availabilityZone?: string | undefined;
};

/** What every span says of its origin, by the semantic conventions for services, clouds and AWS ECS. */
export function taskResource(origin: {
  service: string;
  version: string;
  taskAttributes?: TaskAttributes | undefined;
}): Resource {
  const { taskArn, family, revision, availabilityZone } = origin.taskAttributes ?? {};
  const ecs = {
    'cloud.provider': 'aws',
    'cloud.platform': 'aws_ecs',
    'cloud.availability_zone': availabilityZone,
    'aws.ecs.task.arn': taskArn,
    'aws.ecs.task.family': family,
    'aws.ecs.task.revision': revision,
  };
  return defaultResource().merge(
    resourceFromAttributes({
      [ATTR_SERVICE_NAME]: origin.service,
      [ATTR_SERVICE_VERSION]: origin.version,
      ...(taskArn === undefined ? {} : ecs),
    }),
  );
}
