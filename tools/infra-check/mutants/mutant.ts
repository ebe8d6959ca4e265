import { type Document, isCollection } from 'yaml';
import type { Json } from '../resolve/json.ts';

/** A mistake of the field as a small change to our templates, and the rule that has to find it. */
export type Mutant = {
  mistake: string;
  rule: string;
  /** A file of `infra/templates`, or of `infra/params`. */
  file: string;
  /** Members and indexes of what is written, functions included: `Resources.Nat.Properties.SubnetId`. */
  path: string;
  change: 'remove' | { to: Json } | { add: Json };
};

/** Makes the mistake. Throws where the template has changed and the path leads nowhere any more. */
export function applyMutant(document: Document, { path, change, file }: Mutant): void {
  const steps = path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  const last = steps.at(-1);
  const parent = document.getIn(steps.slice(0, -1));
  if (last === undefined || !isCollection(parent)) throw new Error(`${file} has no ${path}`);
  if (change === 'remove') {
    if (!parent.delete(last)) throw new Error(`${file} has no ${path} to remove`);
  } else if ('add' in change) {
    const list = parent.get(last);
    if (!isCollection(list)) throw new Error(`${file} has no list ${path}`);
    document.addIn(steps, document.createNode(change.add));
  } else {
    if (typeof last === 'number' && !parent.has(last)) throw new Error(`${file} has no ${path} to change`);
    parent.set(last, document.createNode(change.to));
  }
}
