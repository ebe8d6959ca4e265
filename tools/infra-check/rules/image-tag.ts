import { type Problem, problem, type Rule } from '../finding.ts';
import { appOf, nameOfRepository, repositories, repositoryFor } from '../images.ts';
import { type JsonObject, textAt } from '../resolve/json.ts';
import type { ShopIndex } from '../shop-index.ts';
import { nameOf, repositoryOf, tasksOf } from '../tasks.ts';

/** A SHA of git, whole or short: what a template or a profile names for good. A tag for one deployment is given by option. */
const COMMIT = /^[0-9a-f]{7,40}$/;

export const imageTag: Rule = {
  id: 'G-1',
  mistake: 'incorrect image tag',
  holds:
    'each image is of one build that cannot change: the tag of ours is a commit, no tag is latest, repositories keep their tags',
  check: (shop) => [
    ...tasksOf(shop).flatMap(({ containers }) => containers.flatMap((each) => imageProblems(each, shop))),
    ...repositories(shop).flatMap(({ key, properties }) => {
      if (properties.ImageTagMutability === 'IMMUTABLE') return [];
      const mend = 'set ImageTagMutability to IMMUTABLE: a tag names one build for ever';
      return [problem(`${key} lets tags be moved to other images`, mend, properties, 'ImageTagMutability')];
    }),
  ],
};

function imageProblems(container: JsonObject, shop: ShopIndex): Problem[] {
  const image = textAt(container, 'Image') ?? '';
  const name = nameOf(container);
  const tag = /:([\w.-]+)$|@(sha256:[0-9a-f]{64})$/.exec(image);
  if (!tag) return [problem(`${name} runs ${image}, without a tag or digest`, 'name the build', container, 'Image')];
  if (tag[1] === 'latest') {
    const mend = 'name the build: what latest is changes between two tasks of one service';
    return [problem(`${name} runs ${image}`, mend, container, 'Image')];
  }
  const isOurs = appOf(image, shop) !== undefined;
  if (isOurs && tag[1] !== undefined && !COMMIT.test(tag[1])) {
    const mend = 'name the commit that the image was built from, as infra:deploy does, or leave it to --image-tag';
    return [problem(`${name} runs the tag ${tag[1]}, which is no commit`, mend, container, 'Image')];
  }
  if (!isOurs || repositories(shop).length === 0 || repositoryFor(image, shop)) return [];
  const known = repositories(shop).map(nameOfRepository).join(', ');
  const mend = `take the image from one of ${known}`;
  return [
    problem(
      `${name} runs an image of ${repositoryOf(image)}, which registry.yaml does not make`,
      mend,
      container,
      'Image',
    ),
  ];
}
