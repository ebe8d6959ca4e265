import { type JsonObject, listAt, objectsAt, textAt } from './resolve/json.ts';
import type { Resource } from './resolve/stack.ts';
import type { ShopIndex } from './shop-index.ts';

/** One statement of a policy, with the resource that it stands in. */
export type Statement = { owner: Resource; body: JsonObject; effect: string; actions: string[]; resources: string[] };

const POLICIES = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy'];

/** What a role may do by policies of the templates: written in the role, or attached to it. */
export function statementsOf(shop: ShopIndex, role: Resource): Statement[] {
  const attached = shop
    .ofType(...POLICIES)
    .filter(({ properties }) => shop.leadsTo(listAt(properties, 'Roles').concat(properties.RoleName ?? []), role));
  return [role, ...attached].flatMap(statementsIn);
}

/** Every statement that one resource holds. */
export function statementsIn(owner: Resource): Statement[] {
  const documents = [owner.properties, ...objectsAt(owner.properties, 'Policies')];
  return documents.flatMap((document) =>
    objectsAt(document, 'PolicyDocument', 'Statement').map((body) => ({
      owner,
      body,
      effect: textAt(body, 'Effect') ?? '',
      actions: listAt(body, 'Action').map(String),
      resources: listAt(body, 'Resource').map(String),
    })),
  );
}

/** Every statement of every policy for a role; resource policies of queues, keys and buckets are another matter. */
export function allStatements(shop: ShopIndex): Statement[] {
  return shop.ofType('AWS::IAM::Role', ...POLICIES).flatMap(statementsIn);
}

export function grants(statements: readonly Statement[], action: string): Statement[] {
  return statements.filter((each) => each.effect === 'Allow' && covers(each, action));
}

/** Statements that take an action away, whatever grants it. */
export function denials(statements: readonly Statement[], action: string): Statement[] {
  return statements.filter((each) => each.effect === 'Deny' && covers(each, action));
}

function covers({ actions }: Statement, action: string): boolean {
  return actions.some((each) => matches(each, action));
}

/** The principals that may assume a role. */
export function trusted(role: Resource): { services: string[]; statements: JsonObject[] } {
  const statements = objectsAt(role.properties, 'AssumeRolePolicyDocument', 'Statement');
  const services = statements.flatMap((each) => listAt(each, 'Principal', 'Service').map(String));
  return { services, statements };
}

function matches(pattern: string, action: string): boolean {
  const expression = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${expression}$`, 'i').test(action);
}
