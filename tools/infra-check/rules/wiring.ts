import { type Problem, problem, type Rule } from '../finding.ts';
import { layers } from '../resolve/deployment-order.ts';
import { isObject, type Json, type JsonObject, objectsAt } from '../resolve/json.ts';
import type { Fault } from '../resolve/stack.ts';
import type { ShopIndex } from '../shop-index.ts';

/** The templates that make the shop; one that is missing is a mistake, not a reason to check less. */
const NEEDED = [...layers, 'root'];

export const parameters: Rule = {
  id: 'P-1',
  mistake: 'a parameter without a value, or with one that is not allowed',
  holds: 'each profile gives every template the values that it accepts',
  check: (shop) => faultsOf(shop, 'parameter', 'correct it in infra/params, or wire it'),
};

export const wiring: Rule = {
  id: 'O-1',
  mistake: 'stacks that are wired to nothing, or for ever',
  holds: 'every reference leads somewhere, in each profile, and no stack holds another by an export',
  check: (shop, facts) => [
    ...faultsOf(shop, 'wiring', 'refer to something that is there under the same conditions'),
    ...shop.stacks.flatMap(({ template }) => [...importProblems(template.body), ...exportProblems(template.body)]),
    ...NEEDED.filter((name) => !facts.templates.includes(name)).map((name) => ({
      message: `there is no ${name}.yaml`,
      where: `infra/templates/${name}.yaml:1`,
      mend: 'write it: each layer is one template',
    })),
  ],
};

function faultsOf(shop: ShopIndex, kind: Fault['kind'], mend: string): Problem[] {
  const inStacks = shop.stacks.flatMap(({ name, faults }) =>
    faults.map((fault) => ({ ...fault, message: `${name}: ${fault.message}` })),
  );
  return [...shop.faults, ...inStacks]
    .filter((fault) => fault.kind === kind)
    .map(({ message, where }) => ({ message, where, mend }));
}

const mendExport = 'pass it by outputs and parameters: an export in use can be neither changed nor deleted';

function importProblems(value: Json): Problem[] {
  if (Array.isArray(value)) return value.flatMap(importProblems);
  if (!isObject(value)) return [];
  const own = 'Fn::ImportValue' in value ? [problem('a value is imported', mendExport, value)] : [];
  return [...own, ...Object.values(value).flatMap(importProblems)];
}

function exportProblems(body: JsonObject): Problem[] {
  const outputs = isObject(body.Outputs) ? Object.values(body.Outputs) : [];
  return objectsAt(outputs)
    .filter((output) => 'Export' in output)
    .map((output) => problem('an output is exported', mendExport, output, 'Export'));
}
