import { type Problem, problem, type Rule } from '../finding.ts';
import { appOf, repositoryFor } from '../images.ts';
import { grants, type Statement, statementsOf, trusted } from '../policies.ts';
import type { JsonObject } from '../resolve/json.ts';
import type { Resource } from '../resolve/stack.ts';
import type { ShopIndex } from '../shop-index.ts';
import { nameOf, repositoryOf, type Task, tasksOf } from '../tasks.ts';

const PULL = ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'];
const WRITE_LOGS = ['logs:CreateLogStream', 'logs:PutLogEvents'];

export const executionRole: Rule = {
  id: 'I-1',
  mistake: 'incorrect IAM roles',
  holds:
    'the execution role can be used by tasks only, and lets ECS pull the images and write the logs of its task, no others',
  check: (shop) => {
    const tasks = tasksOf(shop);
    return tasks.flatMap((task) => roleProblems(task, tasks, shop));
  },
};

function roleProblems(task: Task, tasks: readonly Task[], shop: ShopIndex): Problem[] {
  const { definition } = task;
  const role = shop.target(definition.properties.ExecutionRoleArn);
  if (!role) {
    const mend =
      'give ExecutionRoleArn a role of the templates: without it Fargate can neither pull an image nor write logs';
    return [problem(`${definition.key} has no execution role`, mend, definition.properties, 'ExecutionRoleArn')];
  }
  // Tasks may share it: then it may do what they need together.
  const sharing = tasks.filter((each) => shop.target(each.definition.properties.ExecutionRoleArn) === role);
  const together = sharing.flatMap(({ containers }) => containers);
  const statements = statementsOf(shop, role);
  return [
    ...trustProblems(role),
    ...pullProblems(role, statements, together, shop),
    ...logProblems(task, role, statements, shop),
  ];
}

export function trustProblems(role: Resource): Problem[] {
  const { services, statements } = trusted(role);
  if (services.length > 0 && services.every((each) => each === 'ecs-tasks.amazonaws.com')) return [];
  const who = services.join(', ') || 'no service';
  const mend = 'let ecs-tasks.amazonaws.com, and nobody else, assume it';
  return [problem(`${role.key} may be assumed by ${who}`, mend, statements[0] ?? role.properties, 'Principal')];
}

function pullProblems(role: Resource, statements: Statement[], containers: JsonObject[], shop: ShopIndex): Problem[] {
  const own = containers.filter(({ Image }) => appOf(Image, shop) !== undefined);
  const mend = 'grant it in the policy of the execution role: on * for the token, on the repository for the rest';
  const token = own.length === 0 || grants(statements, 'ecr:GetAuthorizationToken').length > 0;
  const faults = token ? [] : [problem(`${role.key} lacks ecr:GetAuthorizationToken`, mend, role.properties)];
  for (const container of own) {
    const fits = (resource: string) => isRepository(resource, container.Image, shop);
    const missing = PULL.filter((action) => !grants(statements, action).some(({ resources }) => resources.some(fits)));
    if (missing.length > 0)
      faults.push(problem(`${role.key} lacks ${missing.join(', ')} for ${nameOf(container)}`, mend, role.properties));
  }
  const needed = (resource: string) => own.some(({ Image }) => isRepository(resource, Image, shop));
  for (const { resources, body } of grants(statements, 'ecr:BatchGetImage')) {
    for (const resource of resources.filter((each) => !needed(each)))
      faults.push(
        problem(`${role.key} may pull ${resource}, which its task does not run`, 'name its own repository only', body),
      );
  }
  return faults;
}

function isRepository(granted: string, image: unknown, shop: ShopIndex): boolean {
  const repository = repositoryFor(String(image), shop);
  if (repository && shop.leadsTo(granted, repository)) return true;
  const name = repository ? String(repository.properties.RepositoryName) : repositoryOf(String(image));
  return granted.endsWith(`:repository/${name}`);
}

function logProblems({ containers }: Task, role: Resource, statements: Statement[], shop: ShopIndex): Problem[] {
  return containers.flatMap((container) => {
    const options = container.LogConfiguration;
    const group = shop.targets(options).find(({ type }) => type === 'AWS::Logs::LogGroup');
    if (!group) return [];
    const granted = (action: string) =>
      grants(statements, action).some(({ resources }) => shop.leadsTo(resources, group));
    const missing = WRITE_LOGS.filter((action) => !granted(action));
    const mend = `grant both on ${group.key}, as \${LogGroup.Arn}`;
    return missing.length === 0
      ? []
      : [
          problem(
            `${role.key} lacks ${missing.join(', ')} for the logs of ${nameOf(container)}`,
            mend,
            role.properties,
          ),
        ];
  });
}
