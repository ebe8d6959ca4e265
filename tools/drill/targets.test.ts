import { describe, expect, test } from '@jest/globals';
import { isUp, parseTargets } from './targets.ts';

/** What the balancer says, without the columns that nobody asks for. */
const statistics = `# pxname,svname,qcur,scur,status,addr,
shop,FRONTEND,,7,OPEN,,
be_catalog,catalog1,0,2,UP,172.21.0.12:3000,
be_catalog,catalog2,0,1,UP 1/2,172.21.0.8:3000,
be_catalog,catalog3,0,0,MAINT (resolution),,
be_catalog,BACKEND,0,3,UP,,
be_catalog_fail_open,catalog1,0,0,no check,172.21.0.8:3000,
be_catalog_fail_open,catalog2,0,4,no check,172.21.0.12:3000,
be_catalog_fail_open,BACKEND,0,4,UP,,
be_order,order1,0,0,DRAIN,172.21.0.9:3000,
`;

describe('the targets that the balancer tells', () => {
  const targets = parseTargets(statistics);

  test('are the places with a container, once each', () => {
    expect(targets.map(({ service, slot, address }) => [service, slot, address])).toEqual([
      ['catalog', 'catalog1', '172.21.0.12:3000'],
      ['catalog', 'catalog2', '172.21.0.8:3000'],
      ['order', 'order1', '172.21.0.9:3000'],
    ]);
  });

  test('have in flight what came while their group failed open too, in whatever place they stand there', () => {
    expect(targets.map(({ inFlight }) => inFlight)).toEqual([6, 1, 0]);
  });

  test('are up only when nothing speaks against them', () => {
    expect(targets.map(isUp)).toEqual([true, false, false]);
  });
});
