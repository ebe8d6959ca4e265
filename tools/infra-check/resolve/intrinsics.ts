import { at, type Json } from './json.ts';
import { resolveAttribute, resolveReference } from './references.ts';
import { type Scope, wiringFault } from './scope.ts';
import { substitute } from './substitute.ts';

type Intrinsic = (argument: Json, scope: Scope, place: Json) => Json;

/** The functions of CloudFormation that the templates use. `place` is the call itself, for findings. */
export const intrinsics: { [name: string]: Intrinsic } = {
  Ref: (name, scope, place) => resolveReference(String(name), scope, place),
  'Fn::GetAtt': (argument, scope, place) => {
    const [id, ...rest] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
    return resolveAttribute(id ?? '', rest.join('.'), scope, place);
  },
  'Fn::Sub': substitute,
  'Fn::If': (argument, scope, place) => {
    const [condition, yes, no] = listOf(argument);
    return scope.resolve((scope.condition(String(condition), place) ? yes : no) ?? null);
  },
  'Fn::Join': (argument, scope) => {
    const [separator, items] = listOf(argument);
    return listOf(scope.resolve(items ?? []))
      .flat()
      .join(String(separator));
  },
  'Fn::Split': (argument, scope) => {
    const [separator, text] = listOf(argument);
    return String(scope.resolve(text ?? '')).split(String(separator));
  },
  'Fn::Select': (argument, scope, place) => {
    const [index, items] = listOf(argument);
    const list = listOf(scope.resolve(items ?? []));
    const chosen = list[Number(scope.resolve(index ?? null))];
    return chosen ?? wiringFault(scope, `selects item ${String(index)} of ${list.length}`, place);
  },
  'Fn::FindInMap': (argument, scope, place) => {
    const path = listOf(scope.resolve(argument)).slice(0, 3).map(String);
    const found = at(scope.template.body, 'Mappings', ...path);
    return found === undefined
      ? wiringFault(scope, `looks for ${path.join('.')}, which no mapping has`, place)
      : scope.resolve(found);
  },
  'Fn::GetAZs': (_region, scope) => [...scope.availabilityZones],
  'Fn::Base64': (text, scope) => Buffer.from(String(scope.resolve(text))).toString('base64'),
};

function listOf(value: Json): Json[] {
  return Array.isArray(value) ? value : [value];
}
