import { type Problem, problem, type Rule } from '../finding.ts';
import { objectsAt, textAt } from '../resolve/json.ts';
import type { Resource } from '../resolve/stack.ts';
import type { ShopIndex } from '../shop-index.ts';

const WATCHED = ['HTTPCode_Target_5XX_Count', 'TargetResponseTime', 'UnHealthyHostCount'];

export const watchedTargets: Rule = {
  id: 'M-1',
  mistake: 'alarms that look at a target group which nobody is in any more',
  holds: 'errors, latency and health are watched in each target group of a service, also in the one that it changes to',
  check: (shop) =>
    shop.ofType('AWS::ECS::Service').flatMap((service) =>
      objectsAt(service.properties, 'LoadBalancers').flatMap((entry): Problem[] => {
        const groups = shop.targets([
          entry.TargetGroupArn ?? null,
          textAt(entry, 'AdvancedConfiguration', 'AlternateTargetGroupArn') ?? null,
        ]);
        return groups.flatMap((group) => {
          const missing = WATCHED.filter((metric) => !isWatched(group, metric, shop));
          if (missing.length === 0) return [];
          const what = `no alarm of ${service.key} looks at ${missing.join(', ')} of ${group.key}`;
          return [problem(what, 'add alarms whose dimension TargetGroup is this one', entry)];
        });
      }),
    ),
};

function isWatched(group: Resource, metric: string, shop: ShopIndex): boolean {
  return shop
    .ofType('AWS::CloudWatch::Alarm')
    .some(
      ({ properties }) =>
        properties.MetricName === metric &&
        objectsAt(properties, 'Dimensions').some(({ Value }) => shop.leadsTo(Value, group)),
    );
}
