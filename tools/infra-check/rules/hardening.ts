import type { Facts } from '../facts.ts';
import { type Problem, problem, type Rule } from '../finding.ts';
import { appOf } from '../images.ts';
import { isTrue, type JsonObject, listAt, objectsAt, textAt } from '../resolve/json.ts';
import type { ShopIndex } from '../shop-index.ts';
import { nameOf, tasksOf } from '../tasks.ts';

export const hardening: Rule = {
  id: 'X-2',
  mistake: 'a container that may do more than it needs',
  holds: 'containers run as a user without rights, on a disk that they cannot write to, and mount volumes that exist',
  check: (shop, facts) =>
    tasksOf(shop).flatMap(({ definition, containers }) => {
      const volumes = objectsAt(definition.properties, 'Volumes').map(({ Name }) => Name);
      return containers.flatMap((container) => [
        ...rightsProblems(container),
        ...userProblems(container, shop, facts),
        ...objectsAt(container, 'MountPoints')
          .filter(({ SourceVolume }) => !volumes.includes(SourceVolume ?? null))
          .map((mount) => {
            const what = `${nameOf(container)} mounts ${textAt(mount, 'SourceVolume')}, which the task has not`;
            return problem(what, 'name one of Volumes', mount, 'SourceVolume');
          }),
      ]);
    }),
};

function rightsProblems(container: JsonObject): Problem[] {
  const name = nameOf(container);
  const user = textAt(container, 'User') ?? 'root';
  const faults: [boolean, string, string, string][] = [
    [/^(root|0)(:|$)/.test(user), `runs as ${user}`, 'set User to that of the image, 65532:65532', 'User'],
    [
      !isTrue(container.ReadonlyRootFilesystem),
      'may write to its disk',
      'set ReadonlyRootFilesystem to true',
      'ReadonlyRootFilesystem',
    ],
    [isTrue(container.Privileged), 'is privileged', 'drop Privileged: Fargate refuses it', 'Privileged'],
    [
      !listAt(container, 'LinuxParameters', 'Capabilities', 'Drop').includes('ALL'),
      'keeps capabilities of the kernel',
      'set LinuxParameters.Capabilities.Drop to [ALL]',
      'LinuxParameters',
    ],
  ];
  return faults.flatMap(([wrong, what, mend, member]) =>
    wrong ? [problem(`${name} ${what}`, mend, container, member)] : [],
  );
}

/** The files of an image belong to the user that it names. */
function userProblems(container: JsonObject, shop: ShopIndex, { image }: Facts): Problem[] {
  const user = textAt(container, 'User');
  if (user === undefined || user === image.user || appOf(container.Image, shop) === undefined) return [];
  const what = `${nameOf(container)} runs as ${user}, its image is made for ${image.user}`;
  return [problem(what, 'set User to that of the image', container, 'User')];
}
