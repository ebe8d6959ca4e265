import { describe, expect, test } from '@jest/globals';
import { clientKinds, visitOf } from '../src/mix.ts';

const visits = Array.from({ length: 1280 }, (_, number) => visitOf(number));

describe('the visits', () => {
  test('are the same for both clients', () => {
    const [kept, fresh] = clientKinds.map((kind) =>
      visits.filter(({ client }) => client === kind).map(({ client: _client, customer: _customer, ...rest }) => rest),
    );
    expect(kept).toEqual(fresh);
  });

  test('read, ask for what has changed, order and cancel', () => {
    const share = (wanted: Partial<(typeof visits)[number]>) =>
      visits.filter((visit) => Object.entries(wanted).every(([name, value]) => visit[name as 'what'] === value))
        .length / visits.length;
    expect([share({ what: 'product' }), share({ what: 'listing' }), share({ what: 'order' })]).toEqual([0.4, 0.2, 0.4]);
    expect([share({ what: 'product', conditional: true }), share({ what: 'order', cancelled: true })]).toEqual([
      0.2, 0.1,
    ]);
  });

  test('reach every product of a shelf for each purpose', () => {
    for (const what of ['product', 'listing', 'order']) {
      const products = visits.filter((visit) => visit.what === what).map(({ product }) => product % 32);
      expect(new Set(products).size).toBe(32);
    }
  });
});
