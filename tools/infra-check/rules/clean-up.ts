import { type Problem, problem, type Rule } from '../finding.ts';
import { isTrue, objectsAt } from '../resolve/json.ts';
import type { Resource } from '../resolve/stack.ts';
import type { ShopIndex } from '../shop-index.ts';

export const cleanUp: Rule = {
  id: 'C-1',
  mistake: 'resources that are left behind and cost money',
  holds: 'a workshop can be deleted at once and stays cheap; production protects what cannot be made again',
  check: (shop) => (shop.profile === 'production' ? productionProblems(shop) : workshopProblems(shop)),
};

function workshopProblems(shop: ShopIndex): Problem[] {
  const gateways = shop.ofType('AWS::EC2::NatGateway');
  return [
    ...shop.resources
      .filter(({ body }) => body.DeletionPolicy !== undefined && body.DeletionPolicy !== 'Delete')
      .map(({ key, body }) =>
        problem(`${key} stays when a workshop is deleted`, 'set DeletionPolicy to Delete', body, 'DeletionPolicy'),
      ),
    ...protectable(shop)
      .filter(({ isProtected }) => isProtected)
      .map(({ resource }) => {
        const what = `${resource.key} of a workshop refuses to be deleted`;
        return problem(what, 'protect it in production only', resource.properties);
      }),
    ...gateways
      .slice(1)
      .map(({ key, body }) => problem(`${key} is a second NAT gateway`, 'let NatMode be none or single', body)),
    ...(shop.stacks.some(({ template }) => template.name === 'observability') &&
    shop.ofType('AWS::Budgets::Budget').length === 0
      ? [problem('no budget warns the workshop', 'switch the budget of observability.yaml on', observabilityOf(shop))]
      : []),
  ];
}

function productionProblems(shop: ShopIndex): Problem[] {
  return protectable(shop)
    .filter(({ isProtected }) => !isProtected)
    .map(({ resource }) => {
      const what = `${resource.key} of production can be deleted by one call`;
      return problem(what, 'switch its deletion protection on', resource.properties);
    });
}

function observabilityOf(shop: ShopIndex) {
  return shop.stacks.find(({ template }) => template.name === 'observability')?.template.body;
}

function protectable(shop: ShopIndex): { resource: Resource; isProtected: boolean }[] {
  return [
    ...shop
      .ofType('AWS::DynamoDB::Table')
      .map((resource) => ({ resource, isProtected: isTrue(resource.properties.DeletionProtectionEnabled) })),
    ...shop.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer').map((resource) => ({
      resource,
      isProtected: objectsAt(resource.properties, 'LoadBalancerAttributes').some(
        ({ Key, Value }) => Key === 'deletion_protection.enabled' && isTrue(Value),
      ),
    })),
  ];
}
