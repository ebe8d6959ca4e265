import { at, isObject, objectsAt, textAt } from '@shop/tools/infra-check/resolve/json';
import type { Template } from '@shop/tools/infra-check/resolve/read-template';

/** The ids of all policies that allow a role something, as they are written: whatever their conditions say. */
export function policiesOf(templates: readonly Template[], role: string): string[] {
  return templates.flatMap(({ body }) => {
    const resources = Object.entries(isObject(body.Resources) ? body.Resources : {});
    const policies = resources.filter(
      ([, resource]) =>
        textAt(resource, 'Type') === 'AWS::IAM::Policy' &&
        objectsAt(resource, 'Properties', 'Roles').some((each) => at(each, 'Ref') === role) &&
        objectsAt(resource, 'Properties', 'PolicyDocument', 'Statement').some(({ Effect }) => Effect === 'Allow'),
    );
    return policies.map(([id]) => id);
  });
}
