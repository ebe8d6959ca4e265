import { type Static, Type } from 'typebox';
import type { InspectedContainer } from './engine-api.ts';
import { containerLimits } from './limits.ts';
import { NetworkDocument, networkDocument } from './network-document.ts';
import type { TaskNames } from './task-names.ts';

export const ContainerDocument = Type.Object({
  DockerId: Type.String(),
  Name: Type.String(),
  DockerName: Type.String(),
  Image: Type.String(),
  ImageID: Type.String(),
  Labels: Type.Record(Type.String(), Type.String()),
  DesiredStatus: Type.String(),
  KnownStatus: Type.String(),
  Limits: Type.Object({ CPU: Type.Optional(Type.Number()), Memory: Type.Optional(Type.Integer()) }),
  CreatedAt: Type.String(),
  StartedAt: Type.String(),
  Type: Type.String(),
  Networks: Type.Array(NetworkDocument),
  ContainerARN: Type.String(),
  LogOptions: Type.Record(Type.String(), Type.String()),
  LogDriver: Type.String(),
  Snapshotter: Type.String(),
});
export type ContainerDocument = Static<typeof ContainerDocument>;

/** The answer of `${ECS_CONTAINER_METADATA_URI_V4}` for a container that is alone in its task. */
export function containerDocument(
  container: InspectedContainer,
  names: TaskNames,
  networkId: string,
): ContainerDocument {
  const { Config: config, HostConfig: host, NetworkSettings: network, State: state } = container;
  const networks = Object.values(network.Networks).filter(({ NetworkID: id }) => id === networkId);
  return {
    DockerId: names.dockerId,
    Name: names.family,
    DockerName: names.dockerName,
    Image: config.Image,
    ImageID: container.Image,
    Labels: { ...withoutCompose(config.Labels ?? {}), ...ecsLabels(names) },
    DesiredStatus: 'RUNNING',
    KnownStatus: knownStatus(container),
    Limits: containerLimits(host),
    CreatedAt: container.Created,
    StartedAt: state.StartedAt,
    Type: 'NORMAL',
    Networks: networks.map((endpoint) => networkDocument(endpoint, names.dockerName)),
    ContainerARN: names.containerArn,
    LogOptions: host.LogConfig.Config ?? {},
    LogDriver: host.LogConfig.Type,
    Snapshotter: container.Driver,
  };
}

export function knownStatus({ State: state }: InspectedContainer): 'RUNNING' | 'STOPPED' {
  return state.Running ? 'RUNNING' : 'STOPPED';
}

/** Compose's own labels tell paths of the host. */
function withoutCompose(labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => !name.startsWith('com.docker.compose.')));
}

function ecsLabels({ clusterArn, family, taskArn, revision }: TaskNames): Record<string, string> {
  return {
    'com.amazonaws.ecs.cluster': clusterArn,
    'com.amazonaws.ecs.container-name': family,
    'com.amazonaws.ecs.task-arn': taskArn,
    'com.amazonaws.ecs.task-definition-family': family,
    'com.amazonaws.ecs.task-definition-version': revision,
  };
}
