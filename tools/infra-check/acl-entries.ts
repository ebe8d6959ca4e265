import { isTrue, numberAt, textAt } from './resolve/json.ts';
import type { Resource } from './resolve/stack.ts';
import type { ShopIndex } from './shop-index.ts';

/** The entries of one network ACL and one direction, as they are asked: the lowest number first. */
export function entriesOf(shop: ShopIndex, acl: Resource, direction: 'in' | 'out'): Resource[] {
  return shop
    .ofType('AWS::EC2::NetworkAclEntry')
    .filter(({ properties }) => shop.leadsTo(properties.NetworkAclId, acl))
    .filter(({ properties }) => isTrue(properties.Egress) === (direction === 'out'))
    .sort((one, other) => numberAt(one.properties, 'RuleNumber') - numberAt(other.properties, 'RuleNumber'));
}

/** Whether the first entry that matches a port allows it. `range` is anywhere, or any address inside the VPC. */
export function allows(entries: readonly Resource[], port: number, range: 'anywhere' | 'vpc'): boolean {
  const first = entries.find(({ properties }) => {
    const protocol = textAt(properties, 'Protocol');
    const everywhere = textAt(properties, 'CidrBlock') === '0.0.0.0/0';
    // A denial of a part does not close the whole; an allowance of a part does not open it.
    const fits = everywhere || range === 'vpc';
    const from = numberAt(properties, 'PortRange', 'From');
    const to = numberAt(properties, 'PortRange', 'To');
    return fits && (protocol === '-1' || (protocol === '6' && from <= port && port <= to));
  });
  return first !== undefined && textAt(first.properties, 'RuleAction') === 'allow';
}

/** Ports that tell whether a range of ephemeral ports is open: both its ends and the middle. */
export const EPHEMERAL_PORTS = [1024, 32_768, 49_152, 60_999, 65_535] as const;
