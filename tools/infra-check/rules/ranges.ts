import { type Problem, problem, type Rule } from '../finding.ts';
import { type Json, type JsonObject, numberAt, textAt } from '../resolve/json.ts';
import { tasksOf } from '../tasks.ts';

type Range = { path: string[]; from: number; to: number };

const taskRanges: Range[] = [{ path: ['EphemeralStorage', 'SizeInGiB'], from: 21, to: 200 }];
const containerRanges: Range[] = [
  { path: ['StopTimeout'], from: 2, to: 120 },
  { path: ['HealthCheck', 'Interval'], from: 5, to: 300 },
  { path: ['HealthCheck', 'Timeout'], from: 2, to: 60 },
  { path: ['HealthCheck', 'Retries'], from: 1, to: 10 },
  { path: ['HealthCheck', 'StartPeriod'], from: 0, to: 300 },
];

export const ranges: Rule = {
  id: 'R-2',
  mistake: 'wrong resource limits',
  holds: 'storage, stop time-out and health check lie in the ranges that ECS accepts',
  check: (shop) =>
    tasksOf(shop).flatMap(({ definition, containers }) => [
      ...taskRanges.flatMap((range) => rangeProblems(definition.properties, range)),
      ...containers.flatMap((each) => containerRanges.flatMap((range) => rangeProblems(each, range))),
    ]),
};

function rangeProblems(holder: JsonObject, { path, from, to }: Range): Problem[] {
  const value = numberAt(holder, ...path);
  if (Number.isNaN(value) || (value >= from && value <= to)) return [];
  const parents = path.slice(0, -1);
  const place = parents.reduce<Json | undefined>((found, step) => (found as JsonObject | undefined)?.[step], holder);
  const name = path.join('.');
  return [problem(`${name} is ${textAt(holder, ...path)}`, `take a value of ${from} to ${to}`, place, path.at(-1))];
}
