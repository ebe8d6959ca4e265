import { type Problem, problem, type Rule } from '../finding.ts';
import { at, type JsonObject } from '../resolve/json.ts';
import type { ShopIndex } from '../shop-index.ts';
import { nameOf, tasksOf } from '../tasks.ts';

const NEEDED = ['awslogs-group', 'awslogs-region', 'awslogs-stream-prefix', 'mode'];

export const logging: Rule = {
  id: 'L-1',
  mistake: 'logs that are lost, or kept for ever',
  holds: 'each container writes to a log group of the templates, which keeps it for a time',
  check: (shop) => [
    ...tasksOf(shop).flatMap(({ containers }) => containers.flatMap((each) => containerProblems(each, shop))),
    ...shop
      .ofType('AWS::Logs::LogGroup')
      .flatMap(({ key, properties }) =>
        properties.RetentionInDays === undefined
          ? [problem(`${key} keeps logs, and costs, for ever`, 'set RetentionInDays', properties)]
          : [],
      ),
  ],
};

function containerProblems(container: JsonObject, shop: ShopIndex): Problem[] {
  const name = nameOf(container);
  const log = container.LogConfiguration;
  if (at(log, 'LogDriver') !== 'awslogs') {
    const mend = 'set LogDriver to awslogs, with group, region, stream prefix and mode';
    return [problem(`${name} does not write to CloudWatch Logs`, mend, container, 'LogConfiguration')];
  }
  const options = at(log, 'Options');
  const missing = NEEDED.filter((option) => at(options, option) === undefined);
  if (missing.length > 0)
    return [problem(`the logs of ${name} lack ${missing.join(', ')}`, 'add the options', log, 'Options')];
  if (shop.target(at(options, 'awslogs-group'))?.type === 'AWS::Logs::LogGroup') return [];
  const mend = 'name a group of the templates: one that the driver makes is kept for ever, and needs rights to make it';
  return [problem(`${name} writes to a log group that no template makes`, mend, options, 'awslogs-group')];
}
