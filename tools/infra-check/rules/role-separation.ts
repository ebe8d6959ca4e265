import { type Problem, problem, type Rule } from '../finding.ts';
import { allStatements, type Statement } from '../policies.ts';
import { at } from '../resolve/json.ts';
import { tasksOf } from '../tasks.ts';
import { trustProblems } from './execution-role.ts';

export const roleSeparation: Rule = {
  id: 'I-3',
  mistake: 'incorrect IAM roles',
  holds: 'the code has a role of its own, apart from that of ECS, and roles are passed on to a named service only',
  check: (shop) => [
    ...tasksOf(shop).flatMap(({ definition: { key, properties } }) => {
      const role = shop.target(properties.TaskRoleArn);
      if (!role)
        return [problem(`${key} has no task role`, 'give TaskRoleArn a role of its own', properties, 'TaskRoleArn')];
      if (role !== shop.target(properties.ExecutionRoleArn)) return trustProblems(role);
      const mend =
        'make two: otherwise the code may pull images and write to every log stream, and ECS may use the tables';
      return [problem(`${key} has one role for ECS and for the code`, mend, properties, 'TaskRoleArn')];
    }),
    ...allStatements(shop).flatMap(passedToAnybody),
  ],
};

function passedToAnybody({ owner, body, effect, actions }: Statement): Problem[] {
  if (effect !== 'Allow' || !actions.includes('iam:PassRole')) return [];
  const conditions = at(body, 'Condition');
  if (JSON.stringify(conditions ?? {}).includes('"iam:PassedToService"')) return [];
  const mend = 'add Condition { StringEquals: { iam:PassedToService: ecs-tasks.amazonaws.com } }';
  return [problem(`${owner.key} may pass roles to any service`, mend, body, 'Action')];
}
