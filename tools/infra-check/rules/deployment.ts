import { type Problem, problem, type Rule } from '../finding.ts';
import { at, isTrue, listAt, numberAt, objectsAt, textAt } from '../resolve/json.ts';
import type { Resource } from '../resolve/stack.ts';
import type { ShopIndex } from '../shop-index.ts';

export const deployment: Rule = {
  id: 'D-1',
  mistake: 'a deployment that takes the service down, or does not come back',
  holds:
    'a failed deployment goes back by itself, nothing fights about the number of tasks, and rules exist before services',
  check: (shop) =>
    shop
      .ofType('AWS::ECS::Service')
      .flatMap((service) => [
        ...strategyProblems(service),
        ...alarmProblems(service, shop),
        ...countProblems(service, shop),
        ...ruleProblems(service, shop),
      ]),
};

function strategyProblems({ key, properties }: Resource): Problem[] {
  const settings = at(properties, 'DeploymentConfiguration');
  const strategy = textAt(settings, 'Strategy') ?? 'ROLLING';
  const faults: Problem[] = [];
  const expect = (holds: boolean, what: string, mend: string, member: string) => {
    if (!holds) faults.push(problem(`${key} ${what}`, mend, settings ?? properties, member));
  };
  if (strategy !== 'ROLLING') {
    for (const entry of objectsAt(properties, 'LoadBalancers')) {
      const missing = ['AlternateTargetGroupArn', 'ProductionListenerRule', 'RoleArn'].filter(
        (each) => !textAt(entry, 'AdvancedConfiguration', each),
      );
      const what = `deploys ${strategy} without ${missing.join(', ')}`;
      if (missing.length > 0) faults.push(problem(`${key} ${what}`, 'add them to AdvancedConfiguration', entry));
    }
    const baked = at(settings, 'BakeTimeInMinutes') !== undefined;
    expect(baked, `deploys ${strategy} without a bake time`, 'set BakeTimeInMinutes', 'BakeTimeInMinutes');
    return faults;
  }
  const breaker = at(settings, 'DeploymentCircuitBreaker');
  const breaks = isTrue(at(breaker, 'Enable')) && isTrue(at(breaker, 'Rollback'));
  const mend = 'set DeploymentCircuitBreaker to { Enable: true, Rollback: true }';
  expect(breaks, 'does not go back when new tasks fail', mend, 'DeploymentCircuitBreaker');
  const grows = !(numberAt(settings, 'MaximumPercent') <= 100);
  expect(grows, 'cannot start a new task before an old one goes', 'set MaximumPercent to 200', 'MaximumPercent');
  const full = numberAt(settings, 'MinimumHealthyPercent') >= 100;
  expect(full, 'has fewer tasks while it deploys', 'set MinimumHealthyPercent to 100', 'MinimumHealthyPercent');
  return faults;
}

function alarmProblems({ key, properties }: Resource, shop: ShopIndex): Problem[] {
  const alarms = at(properties, 'DeploymentConfiguration', 'Alarms');
  const named = listAt(alarms, 'AlarmNames').map(String);
  const watches = isTrue(at(alarms, 'Enable')) && isTrue(at(alarms, 'Rollback')) && named.length > 0;
  const place = alarms ?? properties;
  if (!watches)
    return [problem(`${key} deploys without alarms that end it`, 'name alarms, with Enable and Rollback', place)];
  return named
    .filter((name) => shop.target(name)?.type !== 'AWS::CloudWatch::Alarm' && !isAlarmName(name, shop))
    .map((name) =>
      problem(`${key} watches ${name}, which is no alarm`, 'name an alarm of the templates', place, 'AlarmNames'),
    );
}

function isAlarmName(name: string, shop: ShopIndex): boolean {
  return shop.ofType('AWS::CloudWatch::Alarm').some(({ properties }) => properties.AlarmName === name);
}

function countProblems(service: Resource, shop: ShopIndex): Problem[] {
  const name = textAt(service.properties, 'ServiceName') ?? '';
  const scaled = shop
    .ofType('AWS::ApplicationAutoScaling::ScalableTarget')
    .some(
      ({ properties: { ResourceId } }) => shop.leadsTo(ResourceId, service) || String(ResourceId).endsWith(`/${name}`),
    );
  if (!scaled || service.properties.DesiredCount === undefined) return [];
  const mend = 'leave DesiredCount out: an update would set the number back in the middle of a rush';
  return [
    problem(`${service.key} and its scaling both say how many tasks run`, mend, service.properties, 'DesiredCount'),
  ];
}

/** ECS refuses a service whose target group belongs to no balancer yet, so its rule has to be made before. */
function ruleProblems(service: Resource, shop: ShopIndex): Problem[] {
  return objectsAt(service.properties, 'LoadBalancers').flatMap((entry) => {
    const target = shop.target(entry.TargetGroupArn);
    const rules = shop
      .ofType('AWS::ElasticLoadBalancingV2::ListenerRule', 'AWS::ElasticLoadBalancingV2::Listener')
      .filter(({ properties }) => shop.leadsTo(properties.Actions ?? properties.DefaultActions, target));
    if (rules.length === 0) {
      const what = `no listener rule sends anything to the target group of ${service.key}`;
      return [problem(what, 'add a listener rule that forwards to it', entry, 'TargetGroupArn')];
    }
    const before = listAt(service.body, 'DependsOn');
    // A stack is made after the stacks whose outputs it takes: a rule beside the target group is then there already.
    const ready = rules.some(({ stack, id }) =>
      stack === service.stack ? before.includes(id) : stack === target?.stack,
    );
    if (ready) return [];
    const what = `${service.key} may be made before its listener rule`;
    return [problem(what, `add DependsOn: ${rules[0]?.id}`, service.body, 'DependsOn')];
  });
}
