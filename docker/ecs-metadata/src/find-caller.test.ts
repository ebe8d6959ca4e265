import { expect, test } from '@jest/globals';
import { findCaller } from './find-caller.ts';

const container = (id: string, ...networks: [network: string, address: string, gateway: string][]) => ({
  Id: id,
  NetworkSettings: {
    Networks: Object.fromEntries(
      networks.map(([network, IPAddress, Gateway]) => [
        network,
        { NetworkID: network, IPAddress, IPPrefixLen: 16, Gateway, MacAddress: '' },
      ]),
    ),
  },
});
const containers = [
  container('stranger', ['other', '172.20.0.5', '172.20.0.1']),
  container('metadata', ['shop', '172.20.0.2', '172.20.0.1']),
  container('order', ['front', '172.21.0.5', '172.21.0.1'], ['shop', '172.20.0.5', '172.20.0.1']),
  container('on the host network', ['host', '', '']),
];

test('the caller is the container that has the address in the network that the request came through', () => {
  const caller = findCaller(containers, { remote: '172.20.0.5', local: '172.20.0.2' });
  expect(caller).toEqual({ containerId: 'order', networkId: 'shop' });
});

test('a process on the host is called through the gateway of the network', () => {
  const caller = findCaller(containers, { remote: '172.21.0.5', local: '172.21.0.1' });
  expect(caller).toEqual({ containerId: 'order', networkId: 'front' });
});

test.each([
  ['the host, which calls as the gateway', '172.20.0.1', '172.20.0.2'],
  ['the host, on its loopback interface', '127.0.0.1', '127.0.0.1'],
  ['a container of a network that we are not in', '172.21.0.5', '172.20.0.2'],
  ['a connection that is gone', '', ''],
])('nobody is known as %s', (_title, remote, local) => {
  expect(findCaller(containers, { remote, local })).toBeUndefined();
});
