import { type Problem, problem, type Rule } from '../finding.ts';
import { appOf, nameOfRepository, repositories, repositoryFor } from '../images.ts';
import { type JsonObject, textAt } from '../resolve/json.ts';
import type { ShopIndex } from '../shop-index.ts';
import { nameOf, repositoryOf, tasksOf } from '../tasks.ts';

export const imageTag: Rule = {
  id: 'G-1',
  mistake: 'incorrect image tag',
  holds:
    'each image is of one build that cannot change: a tag that is not latest, from a repository that keeps its tags',
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
  if (appOf(image, shop) === undefined || repositories(shop).length === 0 || repositoryFor(image, shop)) return [];
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
