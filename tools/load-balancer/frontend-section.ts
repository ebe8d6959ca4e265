import { routeNotFound } from '../front-door/front-door-problem.ts';
import { patternSource, type Routing, type Rule } from '../front-door/routing.ts';
import { accessLog } from './access-log.ts';
import { failOpenName, groupName } from './backend-sections.ts';
import { explained, quoted } from './haproxy-words.ts';
import { RULES_SOCKET } from './listener-sections.ts';
import { problemAnswer } from './problem-answer.ts';
import { traceHeaderRules } from './trace-header-rules.ts';
import { ANSWERED_VARIABLE, PATH_VARIABLE, SERVICE_VARIABLE } from './variables.ts';

/** A dot segment, plain or encoded: a reader that resolves it would see another path than the rules did. */
const DOT_SEGMENT = '(^|/|\\\\|%2f|%5c)(\\.|%2e){1,2}(/|\\\\|%2f|%5c|$)';

export function frontendSection(routing: Routing, services: readonly string[]): string {
  return [
    'frontend rules',
    `  bind ${RULES_SOCKET} accept-proxy proto h1`,
    explained('One line for each request. A query is not logged.', ...accessLog()),
    explained('Header names that an ALB takes for invalid are dropped.', 'option http-restrict-req-hdr-names delete'),
    explained(
      'An absolute request target loses its authority.',
      `http-request set-uri %[pathq] if { url -m beg -i http:// https:// }`,
      `http-request set-var(${PATH_VARIABLE}) path`,
    ),
    explained(
      'No rule is asked about a path that can be read in two ways.',
      `http-request return ${problemAnswer(routeNotFound)} if { path -m reg -i ${quoted(DOT_SEGMENT)} }`,
    ),
    explained('The first rule that matches wins.', `acl is_decided var(${SERVICE_VARIABLE}) -m found`),
    ...[...routing.rules.map(ruleOf), ...routing.servicePages.map(servicePageOf)]
      .sort((a, b) => a.priority - b.priority)
      .map(({ text }) => text),
    explained(
      'What no rule names is reached by nobody: internal routes, health checks, metrics.',
      `http-request return ${problemAnswer(routeNotFound)} unless is_decided`,
    ),
    explained(
      'What a target learns about the client, and nothing that concerns this hop only.',
      ...['keep-alive', 'proxy-connection', 'te', 'trailer'].map((name) => `http-request del-header ${name}`),
      'http-response del-header keep-alive',
      'option forwardfor',
      'http-request set-header X-Forwarded-Proto http',
      'http-request set-header X-Forwarded-Port %[dst_port]',
    ),
    traceHeaderRules(),
    explained(
      "A 503 that is neither a target's own nor says that there is no target.",
      `http-response set-var(${ANSWERED_VARIABLE}) bool(true)`,
      `http-after-response set-status 502 reason 'Bad Gateway' if { status 503 } !{ var(${ANSWERED_VARIABLE}) -m found }`,
    ),
    explained(
      'A group without a healthy target fails open to all that are registered.',
      ...services.map(
        (service) =>
          `use_backend ${failOpenName(service)} if { var(${SERVICE_VARIABLE}) -m str ${service} } ` +
          `{ nbsrv(${groupName(service)}) eq 0 }`,
      ),
      `use_backend ${groupName(`%[var(${SERVICE_VARIABLE})]`)}`,
    ),
  ].join('\n');
}

function ruleOf({ service, priority, paths, prefix }: Rule): { priority: number; text: string } {
  const matches = `priority_${priority}`;
  const patterns = paths.map((path) => quoted(patternSource(path))).join(' ');
  const text = explained(
    `${paths.join(', ')}${prefix ? `, without the prefix ${prefix}` : ''}`,
    `acl ${matches} var(${PATH_VARIABLE}) -m reg ${patterns}`,
    ...(prefix ? [`http-request replace-path ${quoted(`^${prefix}(.*)$`)} '\\1' if ${matches} !is_decided`] : []),
    `http-request set-var(${SERVICE_VARIABLE}) str(${service}) if ${matches} !is_decided`,
  );
  return { priority, text };
}

function servicePageOf(rule: Rule): { priority: number; text: string } {
  const { priority, text } = ruleOf(rule);
  return { priority, text: `.if !streq("$EXPOSE_SERVICE_PAGES",false)\n${text}\n.endif` };
}
