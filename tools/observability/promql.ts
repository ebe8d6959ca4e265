import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';

export type Matcher = { label: string; operator: string; value: string };
export type Selector = { metric: string; matchers: readonly Matcher[] };
/** Labels of a `by`, `without` or `on`, and the selectors that its expression reads. */
export type Grouping = { labels: readonly string[]; selectors: readonly Selector[] };
export type Reading = { selectors: readonly Selector[]; groupings: readonly Grouping[] };

/** What a PromQL expression reads, by Prometheus's own grammar. Throws on a syntax error. */
export function readPromql(expr: string): Reading {
  const { topNode } = parser.parse(expr);
  const fault = descendants(topNode).find(({ type }) => type.isError);
  if (fault) throw new SyntaxError(`not PromQL at character ${fault.from}: ${expr}`);
  const text = (node: SyntaxNode) => expr.slice(node.from, node.to);
  const selectorsIn = (node: SyntaxNode) => named(node, 'VectorSelector').map(readSelector);

  function readSelector(node: SyntaxNode): Selector {
    const metric = node.getChild('Identifier');
    if (!metric) throw new SyntaxError(`a selector without the name of a metric: ${text(node)}`);
    return { metric: text(metric), matchers: named(node, 'UnquotedLabelMatcher').map(readMatcher) };
  }

  function readMatcher(node: SyntaxNode): Matcher {
    const [label, operator, value] = children(node).map(text);
    if (!label || !operator || value === undefined) throw new SyntaxError(`not a matcher: ${text(node)}`);
    return { label, operator, value: value.slice(1, -1).replace(/\\(.)/g, '$1') };
  }

  function readGrouping(node: SyntaxNode): Grouping {
    let owner = node;
    while (owner.parent && !['AggregateExpr', 'BinaryExpr'].includes(owner.name)) owner = owner.parent;
    return { labels: named(node, 'LabelName').map(text), selectors: selectorsIn(owner) };
  }

  return { selectors: selectorsIn(topNode), groupings: named(topNode, 'GroupingLabels').map(readGrouping) };
}

function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
}

function descendants(node: SyntaxNode): SyntaxNode[] {
  return children(node).flatMap((child) => [child, ...descendants(child)]);
}

function named(node: SyntaxNode, name: string): SyntaxNode[] {
  return descendants(node).filter((each) => each.name === name);
}
