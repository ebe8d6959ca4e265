import { type Problem, problem, type Rule } from '../finding.ts';
import { type JsonObject, numberAt, objectsAt, textAt } from '../resolve/json.ts';
import type { Resource } from '../resolve/stack.ts';
import { nameOf, portsOf, tasksOf } from '../tasks.ts';

export const names: Rule = {
  id: 'G-2',
  mistake: 'a service names a container or a port that its task has not',
  holds: 'load balancer, discovery and dependencies name containers, ports and port names of the task',
  check: (shop) =>
    tasksOf(shop).flatMap(({ containers, services }) => [
      ...services.flatMap((service) => serviceProblems(service, containers)),
      ...containers.flatMap((container) => dependencyProblems(container, containers)),
    ]),
};

function serviceProblems({ key, properties }: Resource, containers: readonly JsonObject[]): Problem[] {
  const entries = [...objectsAt(properties, 'LoadBalancers'), ...objectsAt(properties, 'ServiceRegistries')];
  const portNames = containers.flatMap((each) => objectsAt(each, 'PortMappings').map((mapping) => mapping.Name));
  return [
    ...entries
      .filter((entry) => entry.ContainerName !== undefined)
      .flatMap((entry) => {
        const name = textAt(entry, 'ContainerName');
        const container = containers.find((each) => each.Name === name);
        const known = containers.map(nameOf).join(', ');
        if (!container)
          return [
            problem(
              `${key} sends to the container ${name}, which its task has not`,
              `name one of ${known}`,
              entry,
              'ContainerName',
            ),
          ];
        const port = numberAt(entry, 'ContainerPort');
        if (portsOf(container).includes(port)) return [];
        const what = `${key} sends to port ${port} of ${name}, which maps ${portsOf(container).join(', ') || 'none'}`;
        return [problem(what, 'name a port of PortMappings', entry, 'ContainerPort')];
      }),
    ...objectsAt(properties, 'ServiceConnectConfiguration', 'Services')
      .filter((each) => !portNames.includes(each.PortName ?? null))
      .map((each) => {
        const what = `${key} offers the port ${textAt(each, 'PortName')}, a name that no port mapping has`;
        return problem(what, 'repeat the Name of the port mapping', each, 'PortName');
      }),
  ];
}

function dependencyProblems(container: JsonObject, containers: readonly JsonObject[]): Problem[] {
  return objectsAt(container, 'DependsOn').flatMap((each) => {
    const other = containers.find(({ Name }) => Name === each.ContainerName);
    const what = `${nameOf(container)} waits for ${textAt(each, 'ContainerName')}`;
    if (!other)
      return [problem(`${what}, which its task has not`, 'name a container of the task', each, 'ContainerName')];
    if (each.Condition !== 'HEALTHY' || other.HealthCheck !== undefined) return [];
    return [
      problem(`${what} to be healthy, which has no health check`, 'give it one, or wait for START', each, 'Condition'),
    ];
  });
}
