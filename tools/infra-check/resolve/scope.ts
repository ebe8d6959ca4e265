import { at, type Json } from './json.ts';
import { whereIs } from './lines.ts';
import type { Template } from './read-template.ts';
import type { Fault } from './stack.ts';

/** Stands for AWS::NoValue until the property or item that holds it is left out. */
export const NO_VALUE = '<no value>';

/** What the functions of one template are resolved with. */
export type Scope = {
  stack: string;
  template: Template;
  parameters: { [name: string]: Json };
  pseudo: { [name: string]: Json };
  availabilityZones: readonly string[];
  /** Replaces every function inside a value; here, because functions contain functions. */
  resolve(value: Json): Json;
  condition(name: string, usedAt: Json): boolean;
  /** The output of a nested stack; undefined when it has none of that name. */
  nestedOutput(id: string, output: string): Json | undefined;
  faults: Fault[];
};

/** Notes what does not resolve and gives a text that stands out where it ends up. */
export function wiringFault(scope: Scope, message: string, place: Json): string {
  const fault: Fault = { kind: 'wiring', message, where: whereIs(place) };
  if (!scope.faults.some((known) => known.message === fault.message && known.where === fault.where))
    scope.faults.push(fault);
  return '<unresolved>';
}

/** The resource as it is written, or undefined; a resource left out by its condition is a fault of whoever refers to it. */
export function writtenResource(scope: Scope, id: string, place: Json): Json | undefined {
  const resource = at(scope.template.body, 'Resources', id);
  const condition = at(resource, 'Condition');
  if (typeof condition === 'string' && !scope.condition(condition, place))
    wiringFault(scope, `refers to ${id}, which its condition ${condition} leaves out`, place);
  return resource;
}
