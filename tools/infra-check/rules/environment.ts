import { configOf } from '../container-config.ts';
import { type Problem, problem, type Rule } from '../finding.ts';
import { objectsAt, textAt } from '../resolve/json.ts';
import { nameOf, tasksOf } from '../tasks.ts';

/** What Node, the SDKs of AWS and OpenTelemetry read by themselves. */
const READ_BY_OTHERS = /^(NODE_OPTIONS|NODE_EXTRA_CA_CERTS|OTEL_\w+|AWS_\w+)$/;

export const environment: Rule = {
  id: 'V-1',
  mistake: 'environment variables that the code does not understand',
  holds: 'each container gets the environment that its code needs, and nothing that nobody reads',
  check: (shop, facts) =>
    tasksOf(shop).flatMap(({ containers }) =>
      containers.flatMap((container): Problem[] => {
        const config = configOf(container, shop, facts);
        if (!config) return [];
        const unread = objectsAt(container, 'Environment').filter((pair) => {
          const name = textAt(pair, 'Name') ?? '';
          return !config.names.includes(name) && !READ_BY_OTHERS.test(name);
        });
        const file = `${config.app === 'setup' ? 'docker' : 'apps'}/${config.app}/src/config.ts`;
        return [
          ...config.faults.map((fault) =>
            problem(`${nameOf(container)} would not start: ${fault}`, `see ${file}`, container, 'Environment'),
          ),
          ...unread.map((pair) => {
            const what = `${nameOf(container)} is given ${textAt(pair, 'Name')}, which the code does not read`;
            return problem(what, `drop it, or name it as ${file} does`, pair, 'Name');
          }),
        ];
      }),
    ),
};
