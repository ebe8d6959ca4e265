import { type Static, Type } from 'typebox';
import type { NetworkEndpoint } from './engine-api.ts';

export const NetworkDocument = Type.Object({
  NetworkMode: Type.Literal('awsvpc'),
  IPv4Addresses: Type.Array(Type.String()),
  AttachmentIndex: Type.Integer(),
  MACAddress: Type.String(),
  IPv4SubnetCIDRBlock: Type.String(),
  DomainNameServers: Type.Array(Type.String()),
  DomainNameSearchList: Type.Array(Type.String()),
  PrivateDNSName: Type.String(),
  SubnetGatewayIpv4Address: Type.String(),
});
export type NetworkDocument = Static<typeof NetworkDocument>;

/** Docker's own name server, in every network but the default one. */
const nameServer = '127.0.0.11';

/** The container's place in the network: its only attachment, as a Fargate task has one. */
export function networkDocument(endpoint: NetworkEndpoint, dockerName: string): NetworkDocument {
  const { IPAddress: address, IPPrefixLen: prefixLength, Gateway: gateway } = endpoint;
  return {
    NetworkMode: 'awsvpc',
    IPv4Addresses: [address],
    AttachmentIndex: 0,
    MACAddress: endpoint.MacAddress,
    IPv4SubnetCIDRBlock: `${subnetOf(address, prefixLength)}/${prefixLength}`,
    DomainNameServers: [nameServer],
    DomainNameSearchList: [],
    PrivateDNSName: dockerName,
    SubnetGatewayIpv4Address: `${gateway}/${prefixLength}`,
  };
}

/** The IPv4 address with all bits after the prefix cleared. */
function subnetOf(address: string, prefixLength: number): string {
  return address
    .split('.')
    .map((byte, index) => {
      const kept = Math.min(8, Math.max(0, prefixLength - 8 * index));
      return Number(byte) & (0xff << (8 - kept)) & 0xff;
    })
    .join('.');
}
