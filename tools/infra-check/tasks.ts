import { type JsonObject, numberAt, objectsAt, textAt } from './resolve/json.ts';
import type { Resource } from './resolve/stack.ts';
import type { ShopIndex } from './shop-index.ts';

/** A task definition with its containers, and the services that run it. */
export type Task = { definition: Resource; containers: JsonObject[]; services: Resource[] };

export function tasksOf(shop: ShopIndex): Task[] {
  const services = shop.ofType('AWS::ECS::Service');
  return shop.ofType('AWS::ECS::TaskDefinition').map((definition) => ({
    definition,
    containers: objectsAt(definition.properties, 'ContainerDefinitions'),
    services: services.filter(({ properties }) => shop.leadsTo(properties.TaskDefinition, definition)),
  }));
}

export function nameOf(container: JsonObject): string {
  return textAt(container, 'Name') ?? 'without a name';
}

/** The literal environment of a container. */
export function environmentOf(container: JsonObject): { [name: string]: string } {
  return Object.fromEntries(
    objectsAt(container, 'Environment').map((pair) => [textAt(pair, 'Name') ?? '', textAt(pair, 'Value') ?? '']),
  );
}

/** The path of an image's repository without registry, tag and digest: `fargate-shop/order`. */
export function repositoryOf(image: string): string {
  return image
    .replace(/@.*$/, '')
    .replace(/:[^/:]*$/, '')
    .replace(/^[^/]*[.:>][^/]*\//, '');
}

export function portsOf(container: JsonObject): number[] {
  return objectsAt(container, 'PortMappings').map((mapping) => numberAt(mapping, 'ContainerPort'));
}
