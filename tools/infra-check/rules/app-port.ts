import type { Facts } from '../facts.ts';
import { type Problem, problem, type Rule } from '../finding.ts';
import { appOf } from '../images.ts';
import { type JsonObject, listAt, numberAt, objectsAt, textAt } from '../resolve/json.ts';
import type { Resource } from '../resolve/stack.ts';
import { covers, type GroupRule, groupRules } from '../security-groups.ts';
import type { ShopIndex } from '../shop-index.ts';
import { environmentOf, nameOf, portsOf, tasksOf } from '../tasks.ts';

export const appPort: Rule = {
  id: 'S-1',
  mistake: 'the security group does not allow the port of the application',
  holds: 'balancer, security groups, target group, container, PORT and image agree on one port',
  check: (shop, facts) => {
    const rules = groupRules(shop);
    return tasksOf(shop).flatMap(({ services, containers }) => [
      ...containers.flatMap((container) => containerProblems(container, shop, facts)),
      ...services.flatMap((service) => serviceProblems(service, rules, shop)),
    ]);
  },
};

function serviceProblems(service: Resource, rules: readonly GroupRule[], shop: ShopIndex): Problem[] {
  const groups = shop.targets(
    listAt(service.properties, 'NetworkConfiguration', 'AwsvpcConfiguration', 'SecurityGroups'),
  );
  const balancers = shop
    .ofType('AWS::ElasticLoadBalancingV2::LoadBalancer')
    .filter(({ properties }) => textAt(properties, 'Type') !== 'network')
    .flatMap(({ properties }) => shop.targets(listAt(properties, 'SecurityGroups')));
  return objectsAt(service.properties, 'LoadBalancers').flatMap((entry) => {
    const port = numberAt(entry, 'ContainerPort');
    const target = shop.target(entry.TargetGroupArn);
    const reached = (direction: 'in' | 'out', own: Resource[], peers: Resource[]) =>
      rules.some(
        (rule) =>
          rule.direction === direction &&
          covers(rule, port) &&
          own.some((group) => rule.group === group) &&
          peers.some((peer) => rule.peerGroup === peer),
      );
    const faults: Problem[] = [];
    if (balancers.length > 0 && !reached('in', groups, balancers)) {
      const mend = `add an ingress rule for port ${port} from the balancer's group to that of the service`;
      faults.push(
        problem(
          `the security group of ${service.key} does not let the balancer in at port ${port}`,
          mend,
          groups[0]?.body ?? entry,
        ),
      );
    }
    // EC2 lets a group without any egress rule out everywhere.
    const limited = rules.some(({ direction, group }) => direction === 'out' && group && balancers.includes(group));
    if (limited && !reached('out', balancers, groups)) {
      const mend = `add an egress rule for port ${port} from the balancer's group to that of the service`;
      const what = `the security group of the balancer does not let it out to ${service.key} at port ${port}`;
      faults.push(problem(what, mend, balancers[0]?.body ?? entry));
    }
    if (target && numberAt(target.properties, 'Port') !== port) {
      const what = `${target.key} has the port ${textAt(target.properties, 'Port')}, the container ${port}`;
      faults.push(problem(what, 'give both the port of the container', target.properties, 'Port'));
    }
    return faults;
  });
}

/** Containers that run an image of ours listen where PORT says, or at the port of the image. */
function containerProblems(container: JsonObject, shop: ShopIndex, facts: Facts): Problem[] {
  if (appOf(container.Image, shop) === undefined) return [];
  const [imagePort = Number.NaN] = facts.image.ports;
  const listens = Number(environmentOf(container).PORT ?? imagePort);
  return portsOf(container)
    .filter((port) => port !== listens)
    .map((port) => {
      const what = `${nameOf(container)} maps port ${port}, but the code listens at ${listens}`;
      return problem(what, 'let PortMappings and PORT have the same value', container, 'PortMappings');
    });
}
