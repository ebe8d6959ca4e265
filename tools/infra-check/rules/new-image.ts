import { type Problem, problem, type Rule } from '../finding.ts';
import { isObject, type Json, type JsonObject, objectsAt } from '../resolve/json.ts';
import type { ShopIndex } from '../shop-index.ts';
import { nameOf, tasksOf } from '../tasks.ts';

export const newImage: Rule = {
  id: 'F-1',
  mistake: 'forgetting to update the service',
  holds:
    'a new image is a new parameter, so a new revision; secrets are read by the code, so a new one needs no new task',
  check: (shop) => [...writtenImages(shop), ...injectedSecrets(shop)],
};

/** Looks at the templates as they are written: resolved, every image is a literal. */
function writtenImages(shop: ShopIndex): Problem[] {
  const templates = new Set(shop.stacks.map(({ template }) => template));
  return [...templates].flatMap(({ body }) =>
    containersWithin(body)
      .filter(({ Image }) => typeof Image === 'string')
      .map((container) => {
        const mend = 'make it a parameter: only a change of the task definition starts a deployment';
        return problem(`the image ${container.Image} stands in the template`, mend, container, 'Image');
      }),
  );
}

function containersWithin(value: Json): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(containersWithin);
  if (!isObject(value)) return [];
  const own = 'Image' in value && ('Name' in value || 'LogConfiguration' in value) ? [value] : [];
  return [...own, ...Object.values(value).flatMap(containersWithin)];
}

function injectedSecrets(shop: ShopIndex): Problem[] {
  return tasksOf(shop).flatMap(({ containers }) =>
    containers.flatMap((container) =>
      objectsAt(container, 'Secrets').map((secret) => {
        const what = `${nameOf(container)} gets a secret when it starts, and never learns of a new one`;
        return problem(what, 'pass the ARN and let the code read it by the task role (libs/secrets)', secret);
      }),
    ),
  );
}
