import { problem, type Rule } from '../finding.ts';
import { at, numberAt, objectsAt } from '../resolve/json.ts';

export const taskCounts: Rule = {
  id: 'R-3',
  mistake: 'scaling that has no room',
  holds: 'the fewest tasks are not more than the most, on every day and during every rush',
  check: (shop) =>
    shop.ofType('AWS::ApplicationAutoScaling::ScalableTarget').flatMap(({ key, properties }) => {
      const rushes = objectsAt(properties, 'ScheduledActions').map((each) => at(each, 'ScalableTargetAction'));
      return [properties, ...rushes]
        .map((bounds) => ({ bounds, fewest: numberAt(bounds, 'MinCapacity'), most: numberAt(bounds, 'MaxCapacity') }))
        .filter(({ fewest, most }) => fewest > most)
        .map(({ bounds, fewest, most }) => {
          const what = `${key} wants ${fewest} tasks at least and ${most} at most`;
          return problem(what, 'AWS refuses it: raise MaxCapacity', bounds, 'MinCapacity');
        });
    }),
};
