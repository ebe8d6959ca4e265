import { type Problem, problem, type Rule } from '../finding.ts';
import { allStatements, type Statement, statementsOf } from '../policies.ts';
import { objectsAt, textAt } from '../resolve/json.ts';
import type { Resource } from '../resolve/stack.ts';
import type { ShopIndex } from '../shop-index.ts';
import { environmentOf, type Task, tasksOf } from '../tasks.ts';

/** Actions that AWS does not tie to a resource, so that * is all there is. */
const WITHOUT_RESOURCE = [/^ecr:GetAuthorizationToken$/, /^ssmmessages:/, /^xray:/, /^logs:DescribeLogGroups$/];

export const grantsRule: Rule = {
  id: 'I-2',
  mistake: 'incorrect IAM roles',
  holds: 'each secret and table that a task is told of is granted to it, and no statement grants everything',
  check: (shop) => [
    ...tasksOf(shop).flatMap((task) => taskProblems(task, shop)),
    ...allStatements(shop).flatMap(wildcards),
  ],
};

function taskProblems(task: Task, shop: ShopIndex): Problem[] {
  const { definition, containers } = task;
  const statementsFor = (name: string) => {
    const role = shop.target(definition.properties[name]);
    return role ? statementsOf(shop, role) : [];
  };
  const byTask = statementsFor('TaskRoleArn');
  const byExecution = statementsFor('ExecutionRoleArn');
  return containers.flatMap((container) => [
    ...Object.entries(environmentOf(container)).flatMap(([name, value]) => {
      const resource = shop.target(value);
      if (!resource || isGranted(shop, byTask, resource)) return [];
      const mend = `grant the actions that the code sends on ${resource.key} to the task role, or drop ${name}`;
      return [
        problem(
          `${name} names ${resource.key}, which the task role may not use`,
          mend,
          definition.properties,
          'TaskRoleArn',
        ),
      ];
    }),
    ...objectsAt(container, 'Secrets').flatMap((secret) => {
      const resource = shop.target(secret.ValueFrom);
      if (resource && isGranted(shop, byExecution, resource)) return [];
      const mend = 'grant secretsmanager:GetSecretValue on that one secret to the execution role';
      const what = `${textAt(secret, 'Name')} comes from a secret that the execution role may not read`;
      return [problem(what, mend, secret, 'ValueFrom')];
    }),
  ]);
}

/** True for resources that are not used by way of IAM. */
function isGranted(shop: ShopIndex, statements: readonly Statement[], resource: Resource): boolean {
  const action = {
    'AWS::DynamoDB::Table': 'dynamodb:',
    'AWS::SecretsManager::Secret': 'secretsmanager:GetSecretValue',
  }[resource.type];
  if (action === undefined) return true;
  return statements.some(
    ({ effect, actions, resources }) =>
      effect === 'Allow' && actions.some((each) => each.startsWith(action)) && shop.leadsTo(resources, resource),
  );
}

function wildcards({ owner, body, effect, actions, resources }: Statement): Problem[] {
  if (effect !== 'Allow') return [];
  const wide = actions.filter((action) => /^\*$|:\*$/.test(action));
  const everywhere = resources.includes('*')
    ? actions.filter((action) => !WITHOUT_RESOURCE.some((pattern) => pattern.test(action)))
    : [];
  return [
    ...wide.map((action) => problem(`${owner.key} grants ${action}`, 'name the actions that are sent', body, 'Action')),
    // One by one, as an exception is made for an action and not for whatever comes to stand beside it.
    ...everywhere.map((action) =>
      problem(`${owner.key} grants ${action} on *`, 'name the resources', body, 'Resource'),
    ),
  ];
}
