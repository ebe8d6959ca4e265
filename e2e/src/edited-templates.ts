import { readFileSync } from 'node:fs';
import { readTemplate, type Template } from '@shop/tools/infra-check/resolve/read-template';
import { root, templates } from '@shop/tools/infra-contracts/shop.fixture';

/** An action that goes into the first statement of a policy, or out of it. */
export type PolicyEdit = { file: string; policy: string; change: { add: string } | { remove: string } };

/** Our templates with one mistake in one policy. */
export function editedTemplates({ file, policy, change }: PolicyEdit): Template[] {
  const path = ['Resources', policy, 'Properties', 'PolicyDocument', 'Statement', 0];
  return templates.map((template) => {
    if (!template.file.endsWith(`/${file}`)) return template;
    return readTemplate(template.file, readFileSync(`${root}/${template.file}`, 'utf8'), (document) => {
      const statement = document.toJS().Resources[policy]?.Properties.PolicyDocument.Statement[0];
      if (!statement) throw new Error(`${file} has no ${policy}`);
      const actions: string[] = [statement.Action].flat();
      const changed = 'add' in change ? [...actions, change.add] : actions.filter((action) => action !== change.remove);
      if (changed.length === actions.length) throw new Error(`${policy} has no ${JSON.stringify(change)}`);
      document.setIn([...path, 'Action'], document.createNode(changed));
    });
  });
}
