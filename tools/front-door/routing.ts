export type Rule = { service: string; priority: number; paths: readonly string[]; prefix?: string };

/** The balancer's listener rules, `infra/routing.json`: the templates and the front door read the same file. */
export type Routing = { rules: readonly Rule[]; servicePages: readonly Rule[] };

export type Route = { service: string; path: string };

/**
 * Finds the service of a path as an Application Load Balancer does: the rule with the lowest priority number that matches
 * wins, a matched prefix is removed, and a path that no rule names has no route.
 */
export function createRouter(routing: Routing, exposeServicePages: boolean): (path: string) => Route | undefined {
  const rules = [...routing.rules, ...(exposeServicePages ? routing.servicePages : [])]
    .sort((a, b) => a.priority - b.priority)
    .map((rule) => ({ ...rule, patterns: rule.paths.map(toRegExp) }));
  if (new Set(rules.map((rule) => rule.priority)).size < rules.length) throw new Error('Two rules share a priority');

  return (path) => {
    const rule = rules.find(({ patterns }) => patterns.some((pattern) => pattern.test(path)));
    return rule && { service: rule.service, path: path.slice(rule.prefix?.length ?? 0) };
  };
}

function toRegExp(pattern: string): RegExp {
  return new RegExp(patternSource(pattern), 's');
}

/**
 * A path pattern as the source of a regular expression: `*` stands for any characters, also none, and `?` for exactly one;
 * case counts (AWS, "Path conditions").
 */
export function patternSource(pattern: string): string {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return `^${source}$`;
}
