import { at, type Json } from './json.ts';
import { NO_VALUE, type Scope, wiringFault, writtenResource } from './scope.ts';
import { tokenFor } from './tokens.ts';

const NESTED = 'AWS::CloudFormation::Stack';

/** A Ref: a parameter's value, a pseudo parameter, or the token of a resource. */
export function resolveReference(name: string, scope: Scope, place: Json): Json {
  if (name === 'AWS::NoValue') return NO_VALUE;
  const value = scope.pseudo[name] ?? scope.parameters[name];
  if (value !== undefined) return value;
  // A parameter without a value is already a fault of its own.
  if (at(scope.template.body, 'Parameters', name) !== undefined) return '<unresolved>';
  if (writtenResource(scope, name, place) === undefined)
    return wiringFault(scope, `refers to ${name}, which does not exist`, place);
  return tokenFor(scope.stack, name);
}

/** An attribute of a resource is a token; an output of a nested stack is what the stack puts out. */
export function resolveAttribute(id: string, attribute: string, scope: Scope, place: Json): Json {
  const resource = writtenResource(scope, id, place);
  if (resource === undefined) return wiringFault(scope, `refers to ${id}, which does not exist`, place);
  if (at(resource, 'Type') !== NESTED || !attribute.startsWith('Outputs.')) return tokenFor(scope.stack, id, attribute);
  const output = attribute.slice('Outputs.'.length);
  return (
    scope.nestedOutput(id, output) ??
    wiringFault(scope, `takes ${output} of ${id}, which puts out no such value`, place)
  );
}
