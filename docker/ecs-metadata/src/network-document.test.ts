import { expect, test } from '@jest/globals';
import { networkDocument } from './network-document.ts';

test.each([
  ['172.18.200.3', 16, '172.18.0.0/16'],
  ['172.31.42.189', 20, '172.31.32.0/20'],
  ['10.1.2.255', 30, '10.1.2.252/30'],
  ['10.1.2.3', 32, '10.1.2.3/32'],
  ['10.1.2.3', 0, '0.0.0.0/0'],
])('the subnet of %s/%i is %s', (address, prefixLength, subnet) => {
  const endpoint = { NetworkID: '1', IPAddress: address, IPPrefixLen: prefixLength, Gateway: address, MacAddress: '' };
  expect(networkDocument(endpoint, 'order').IPv4SubnetCIDRBlock).toBe(subnet);
});
