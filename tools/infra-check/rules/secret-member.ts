import { problem, type Rule } from '../finding.ts';
import { textAt } from '../resolve/json.ts';

export const secretMember: Rule = {
  id: 'X-3',
  mistake: 'wrong secret, or wrong key in it',
  holds: 'the secret that AWS makes has the member that the code reads',
  check: (shop, { secretMember: read }) =>
    shop
      .ofType('AWS::SecretsManager::Secret')
      .filter(({ properties }) => textAt(properties, 'GenerateSecretString', 'GenerateStringKey') !== read)
      .map(({ key, properties }) => {
        const made = textAt(properties, 'GenerateSecretString', 'GenerateStringKey');
        return problem(
          `${key} has the member ${made}, the code reads ${read}`,
          'name it alike',
          properties,
          'GenerateSecretString',
        );
      }),
};
