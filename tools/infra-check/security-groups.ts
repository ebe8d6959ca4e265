import { type Json, type JsonObject, numberAt, objectsAt, textAt } from './resolve/json.ts';
import type { Resource } from './resolve/stack.ts';
import type { ShopIndex } from './shop-index.ts';

/** One rule of a group, whether it stands in the group or is a resource of its own. */
export type GroupRule = {
  direction: 'in' | 'out';
  group: Resource | undefined;
  /** The other side: a group, or a range of addresses. */
  peerGroup: Resource | undefined;
  range: string | undefined;
  protocol: string;
  from: number;
  to: number;
  place: JsonObject;
};

export function groupRules(shop: ShopIndex): GroupRule[] {
  const inGroups = shop
    .ofType('AWS::EC2::SecurityGroup')
    .flatMap((group) => [
      ...objectsAt(group.properties, 'SecurityGroupIngress').map((place) => toRule('in', group, place, shop)),
      ...objectsAt(group.properties, 'SecurityGroupEgress').map((place) => toRule('out', group, place, shop)),
    ]);
  const alone = (direction: 'in' | 'out', type: string) =>
    shop.ofType(type).map(({ properties }) => toRule(direction, shop.target(properties.GroupId), properties, shop));
  return [
    ...inGroups,
    ...alone('in', 'AWS::EC2::SecurityGroupIngress'),
    ...alone('out', 'AWS::EC2::SecurityGroupEgress'),
  ];
}

function toRule(direction: 'in' | 'out', group: Resource | undefined, place: JsonObject, shop: ShopIndex): GroupRule {
  const peer: Json | undefined = direction === 'in' ? place.SourceSecurityGroupId : place.DestinationSecurityGroupId;
  return {
    direction,
    group,
    peerGroup: shop.target(peer),
    range: textAt(place, 'CidrIp') ?? textAt(place, 'CidrIpv6'),
    protocol: textAt(place, 'IpProtocol') ?? '',
    from: numberAt(place, 'FromPort'),
    to: numberAt(place, 'ToPort'),
    place,
  };
}

export function covers({ protocol, from, to }: GroupRule, port: number): boolean {
  return protocol === '-1' || (protocol === 'tcp' && from <= port && port <= to);
}

export function isAnywhere(range: string | undefined): boolean {
  return range === '0.0.0.0/0' || range === '::/0';
}
