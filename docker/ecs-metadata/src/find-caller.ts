import type { ListedContainer, NetworkEndpoint } from './engine-api.ts';

/** Both ends of the caller's connection. */
export type Addresses = { remote: string; local: string };
export type Caller = { containerId: string; networkId: string };

/**
 * The container at the other end. Our own end tells the network, as the address of a container (ours) or as the gateway
 * (outside Docker): in other networks somebody else may have the caller's address.
 */
export function findCaller(containers: readonly ListedContainer[], { remote, local }: Addresses): Caller | undefined {
  const all = containers.flatMap(({ Id: containerId, NetworkSettings: { Networks: networks } }) =>
    Object.values(networks)
      .filter(({ IPAddress: address }) => address !== '')
      .map((endpoint) => ({ containerId, endpoint })),
  );
  const ours = new Set(all.filter(({ endpoint }) => isOurs(endpoint, local)).map(({ endpoint }) => endpoint.NetworkID));
  const caller = all.find(({ endpoint }) => endpoint.IPAddress === remote && ours.has(endpoint.NetworkID));
  return caller && { containerId: caller.containerId, networkId: caller.endpoint.NetworkID };
}

function isOurs({ IPAddress: address, Gateway: gateway }: NetworkEndpoint, local: string): boolean {
  return address === local || gateway === local;
}
