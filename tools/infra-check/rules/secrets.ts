import { problem, type Rule } from '../finding.ts';
import { objectsAt, textAt } from '../resolve/json.ts';
import { hasToken } from '../resolve/tokens.ts';
import { nameOf, tasksOf } from '../tasks.ts';

const SECRET_NAME = /SECRET|TOKEN|PASSWORD|KEY/;

export const secrets: Rule = {
  id: 'X-1',
  mistake: 'a password in the template',
  holds: 'no secret stands in an environment or in a template: AWS makes it, and the code reads it',
  check: (shop) => [
    ...tasksOf(shop).flatMap(({ containers }) =>
      containers.flatMap((container) =>
        objectsAt(container, 'Environment')
          .filter((pair) => SECRET_NAME.test(textAt(pair, 'Name') ?? '') && isLiteral(textAt(pair, 'Value') ?? ''))
          .map((pair) => {
            const what = `${nameOf(container)} has the literal ${textAt(pair, 'Name')} in its environment`;
            return problem(what, 'put it into Secrets Manager and pass its ARN', pair, 'Value');
          }),
      ),
    ),
    ...shop
      .ofType('AWS::SecretsManager::Secret')
      .filter(({ properties }) => properties.SecretString !== undefined)
      .map(({ key, properties }) =>
        problem(
          `${key} has its value in the template`,
          'use GenerateSecretString, or put the value in by hand',
          properties,
          'SecretString',
        ),
      ),
  ],
};

/** An ARN or what leads to a resource is not the secret itself. */
function isLiteral(value: string): boolean {
  return value !== '' && !hasToken(value) && !value.startsWith('arn:');
}
