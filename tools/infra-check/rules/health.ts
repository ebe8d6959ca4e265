import type { Facts } from '../facts.ts';
import { type Problem, problem, type Rule } from '../finding.ts';
import { appOf } from '../images.ts';
import { listAt, textAt } from '../resolve/json.ts';
import type { Resource } from '../resolve/stack.ts';
import { nameOf, tasksOf } from '../tasks.ts';

export const health: Rule = {
  id: 'H-1',
  mistake: 'wrong health check',
  holds: 'the balancer asks for readiness, ECS for liveness, each by what the code answers',
  check: (shop, facts) => [
    ...shop
      .ofType('AWS::ElasticLoadBalancingV2::TargetGroup')
      .filter(({ properties }) => properties.TargetType !== 'alb')
      .flatMap((target) => targetProblems(target, facts)),
    ...tasksOf(shop).flatMap(({ containers, services }) =>
      containers
        .filter(({ Image }) => services.length > 0 && appOf(Image, shop) !== undefined)
        .flatMap((container) => {
          const command = listAt(container, 'HealthCheck', 'Command').join(' ');
          const wanted = ['CMD', ...facts.image.healthCheck].join(' ');
          if (command === wanted) return [];
          const what = `${nameOf(container)} is checked by "${command}", the image by "${wanted}"`;
          const mend = 'repeat the command of the image: ECS does not read its HEALTHCHECK';
          return [problem(what, mend, container, 'HealthCheck')];
        }),
    ),
  ],
};

function targetProblems({ key, properties }: Resource, facts: Facts): Problem[] {
  const wanted = facts.timings.targetGroup.healthCheckPath;
  const path = textAt(properties, 'HealthCheckPath');
  const known = facts.probes.join(', ');
  const faults: Problem[] = [];
  if (path !== wanted) {
    const why = path && facts.probes.includes(path) ? 'which is not readiness' : `the code answers ${known}`;
    faults.push(problem(`${key} asks for ${path}, ${why}`, `ask for ${wanted}`, properties, 'HealthCheckPath'));
  }
  if (textAt(properties, 'Matcher', 'HttpCode') !== '200')
    faults.push(
      problem(`${key} takes another answer than 200 for healthy`, 'set Matcher.HttpCode to 200', properties, 'Matcher'),
    );
  return faults;
}
