import { isObject, type Json } from './json.ts';
import { type Scope, wiringFault } from './scope.ts';

/** The truth of a condition's expression. */
export function isMet(expression: Json | undefined, scope: Scope, place: Json): boolean {
  const [name, argument] = isObject(expression) ? (Object.entries(expression)[0] ?? []) : [];
  const all = Array.isArray(argument) ? argument : [];
  const holds = (each: Json) => isMet(each, scope, place);
  switch (name) {
    case 'Condition':
      return scope.condition(String(argument), place);
    case 'Fn::Equals':
      return String(scope.resolve(all[0] ?? null)) === String(scope.resolve(all[1] ?? null));
    case 'Fn::Contains':
      return listOf(scope.resolve(all[0] ?? [])).includes(scope.resolve(all[1] ?? null));
    case 'Fn::And':
      return all.every(holds);
    case 'Fn::Or':
      return all.some(holds);
    case 'Fn::Not':
      return !holds(all[0] ?? null);
    default:
      wiringFault(scope, `has the condition ${JSON.stringify(expression)}, which is none`, place);
      return false;
  }
}

function listOf(value: Json): Json[] {
  return Array.isArray(value) ? value : [value];
}
