import { type Problem, problem, type Rule } from '../finding.ts';
import { type JsonObject, numberAt, objectsAt, textAt } from '../resolve/json.ts';
import { type Placement, placementsOf } from '../subnets.ts';
import { nameOf, tasksOf } from '../tasks.ts';

export const networkConfiguration: Rule = {
  id: 'N-4',
  mistake: 'missing network configuration',
  holds:
    'tasks have network mode awsvpc with subnets and security groups, targets are IP addresses, host ports are the own',
  check: (shop) => [
    ...placementsOf(shop).flatMap(placementProblems),
    ...tasksOf(shop).flatMap(({ definition: { key, properties }, containers }) => [
      ...(properties.NetworkMode === 'awsvpc'
        ? []
        : [
            problem(
              `${key} has not the network mode of Fargate`,
              'set NetworkMode to awsvpc',
              properties,
              'NetworkMode',
            ),
          ]),
      ...containers.flatMap(hostPortProblems),
    ]),
    ...shop
      .ofType('AWS::ElasticLoadBalancingV2::TargetGroup')
      .flatMap(({ key, properties }) =>
        properties.TargetType === 'ip' || properties.TargetType === 'alb'
          ? []
          : [
              problem(
                `${key} does not register IP addresses`,
                'set TargetType to ip: a task has an interface of its own',
                properties,
                'TargetType',
              ),
            ],
      ),
  ],
};

function placementProblems({ owner, network, subnets, groups }: Placement): Problem[] {
  const mend = 'give NetworkConfiguration.AwsvpcConfiguration the subnets and security groups of the layers before';
  if (!network) return [problem(`${owner.key} has no network configuration`, mend, owner.properties)];
  return [
    ...(subnets.length > 0 ? [] : [problem(`${owner.key} has no subnets`, mend, network, 'Subnets')]),
    ...(groups.length > 0 ? [] : [problem(`${owner.key} has no security group`, mend, network, 'SecurityGroups')]),
  ];
}

function hostPortProblems(container: JsonObject): Problem[] {
  return objectsAt(container, 'PortMappings')
    .filter((each) => each.HostPort !== undefined && numberAt(each, 'HostPort') !== numberAt(each, 'ContainerPort'))
    .map((each) => {
      const what = `${nameOf(container)} maps host port ${textAt(each, 'HostPort')} to ${textAt(each, 'ContainerPort')}`;
      return problem(what, 'leave HostPort out: with awsvpc it is the port of the container', each, 'HostPort');
    });
}
