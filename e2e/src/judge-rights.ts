import type { Recording } from './recorded-shop.ts';
import { textOf } from './rights-of-call.ts';
import type { Container, TaskRole } from './task-roles.ts';
import type { UnrecordedRights } from './unrecorded-rights.ts';

/**
 * What is wrong with the role of a task, one sentence for each right: one that calls of its containers took and that it has
 * not, or one that it has and nothing took. Rights of what is not our code are listed, with their reasons.
 */
export function judgeRole(
  role: TaskRole,
  recordings: ReadonlyMap<string, Recording>,
  listed: readonly UnrecordedRights[],
): string[] {
  const { task, granted } = role;
  const applying = listed.filter(({ appliesTo }) => appliesTo(role));
  const recorded = new Map(role.containers.flatMap((container) => calledBy(task, container, recordings)));
  const excused = new Map(applying.flatMap(({ rights, because }) => rights.map((right) => [textOf(right), because])));
  return [
    ...[...recorded]
      .filter(([right]) => !granted.has(right))
      .map(
        ([right, container]) =>
          `The role of ${task} lacks ${right}, which ${container} called: on AWS that is AccessDenied. Grant it.`,
      ),
    ...[...granted]
      .filter(([right]) => !recorded.has(right) && !excused.has(right))
      .map(
        ([right, policy]) =>
          `The role of ${task} has ${right} by ${policy}, which no recorded call took: take it away, make the test ` +
          'call it, or list it in unrecorded-rights.ts with its reason.',
      ),
    ...[...excused]
      .filter(([right]) => !granted.has(right))
      .map(
        ([right, because]) =>
          `unrecorded-rights.ts lists ${right} for ${task} (${because}), and its role has it no more: strike it out.`,
      ),
    ...[...excused.keys()]
      .filter((right) => recorded.has(right))
      .map((right) => `unrecorded-rights.ts lists ${right} for ${task}, and it was recorded: strike it out.`),
  ];
}

/**
 * The rights that a container's calls took, by what its environment in the template calls their resources. A table of which
 * it is not told there keeps the name that it had in the test.
 */
function calledBy(
  task: string,
  { name, told }: Container,
  recordings: ReadonlyMap<string, Recording>,
): [string, string][] {
  const { environment, rights } = recordings.get(`${task} ${name}`) ?? { environment: {}, rights: [] };
  const ids = new Map([...told].map(([variable, id]) => [environment[variable], id]));
  return rights.map(({ action, resource }) => {
    const [table = '', index] = resource.split('/index/');
    const id = ids.get(table) ?? table;
    return [textOf({ action, resource: index === undefined ? id : `${id}/index/${index}` }), name];
  });
}
