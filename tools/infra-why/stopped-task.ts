/** A stopped task as an event of ECS, or the API, describes it: no more than what is needed to say why. */
export type StoppedTask = {
  taskArn: string;
  /** Such as `service:fargate-shop-workshop-order`; of a job `family:...`. */
  group: string;
  taskDefinitionArn: string;
  /** One of a few words, such as TaskFailedToStart. Empty where ECS gives none. */
  stopCode: string;
  stoppedReason: string;
  stoppedAt: string;
  containers: readonly StoppedContainer[];
};

export type StoppedContainer = {
  name: string;
  /** Undefined for a container that never ran. */
  exitCode?: number;
  reason: string;
};

/** The container that the task is there for: the family's name ends with its name, its sidecars' names do not. */
export function mainContainer({ taskDefinitionArn, containers }: StoppedTask): StoppedContainer | undefined {
  const family = taskDefinitionArn.replace(/^.*\//, '').replace(/:\d+$/, '');
  const ended = containers.filter(({ exitCode }) => exitCode !== undefined);
  return containers.find(({ name }) => family.endsWith(`-${name}`)) ?? ended[0] ?? containers[0];
}

/** Everything that ECS says in words, of the task and of its containers. */
export function reasonsOf({ stoppedReason, containers }: StoppedTask): string[] {
  return [stoppedReason, ...containers.map(({ reason }) => reason)].filter((text) => text !== '');
}
