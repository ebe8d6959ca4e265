import { denials, statementsOf } from '@shop/tools/infra-check/policies';
import { isTrue, type JsonObject, listAt } from '@shop/tools/infra-check/resolve/json';
import type { Resource, Shop as Stacks } from '@shop/tools/infra-check/resolve/stack';
import { tokensIn } from '@shop/tools/infra-check/resolve/tokens';
import { indexShop, type ShopIndex } from '@shop/tools/infra-check/shop-index';
import { environmentOf, nameOf, tasksOf } from '@shop/tools/infra-check/tasks';
import { textOf } from './rights-of-call.ts';

/** A container, with the logical id of each resource that its environment names: `ORDERS_TABLE` is `OrdersTable`. */
export type Container = { name: string; told: Map<string, string> };

/** The role of a task as the templates make it. Rights are texts, `dynamodb:Query on OrdersTable/index/open`. */
export type TaskRole = {
  task: string;
  /** Its logical id. */
  role: string;
  containers: Container[];
  allowsExec: boolean;
  /** Each right with the policy that grants it. */
  granted: Map<string, string>;
};

/** The role of every task of a deployment that was resolved. */
export function taskRolesOf(stacks: Stacks): TaskRole[] {
  const shop = indexShop(stacks);
  return tasksOf(shop).map(({ definition, containers, services }) => {
    const role = shop.target(definition.properties.TaskRoleArn);
    if (!role) throw new Error(`${definition.key} has no task role`);
    return {
      task: nameOf(containers[0] ?? {}),
      role: role.id,
      containers: containers.map((container) => ({ name: nameOf(container), told: toldTo(container, shop) })),
      allowsExec: services.some(({ properties }) => isTrue(properties.EnableExecuteCommand)),
      granted: rightsOf(role, shop),
    };
  });
}

function toldTo(container: JsonObject, shop: ShopIndex): Container['told'] {
  return new Map(
    Object.entries(environmentOf(container)).flatMap(([variable, value]): [string, string][] => {
      const resource = shop.target(value);
      return resource ? [[variable, resource.id]] : [];
    }),
  );
}

function rightsOf(role: Resource, shop: ShopIndex): TaskRole['granted'] {
  const statements = statementsOf(shop, role);
  const allowed = statements.filter(({ effect }) => effect === 'Allow');
  const managed = listAt(role.properties, 'ManagedPolicyArns').map((arn): [string, string] => [
    textOf({ action: 'whatever it says', resource: String(arn) }),
    role.key,
  ]);
  const own = allowed.flatMap(({ owner, body, actions, resources }) =>
    actions.flatMap((action) => {
      if (denials(statements, action).length > 0) return [];
      // Under a condition a right is not the same right: whoever adds one has to teach it to the recorder.
      const condition = body.Condition ? ' under a condition' : '';
      return resources.map((resource): [string, string] => [
        textOf({ action, resource: `${readable(resource)}${condition}` }),
        owner.key,
      ]);
    }),
  );
  return new Map([...managed, ...own]);
}

/** `<data/OrdersTable.Arn>/index/open` is `OrdersTable/index/open`. */
function readable(resource: string): string {
  const [token] = tokensIn(resource);
  return token ? `${token.id}${resource.replace(/^.*>/, '')}` : resource;
}
