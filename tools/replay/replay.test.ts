import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { replay } from './replay.ts';
import { createShopClient } from './shop-client.ts';
import { type StandInShop, startStandInShop } from './stand-in-shop.ts';

let shop: StandInShop;
let folder: string;
beforeEach(async () => {
  shop = await startStandInShop();
  folder = await mkdtemp(join(tmpdir(), 'replay-'));
});
afterEach(async () => {
  await shop.close();
  await rm(folder, { recursive: true });
});

const FILE = [
  '1,MUG,BLUE MUG,6,2.55,90003',
  '1,JUG,,1,10.00,90003',
  '1,JUG,GLASS JUG,2,10.00,90003',
  '1,POST,POSTAGE,1,18.00,90003',
  '2,MUG,BLUE MUG,1,3.35,',
  '3,MUG,BLUE MUG,4,2.55,90002',
  '3,mug,red mug,1,1.05,90002',
  '3,MUG,BLUE MUG,1,3.35,90002',
  '4,MUG,BLUE MUG,-10,0,',
  '5,MUG,BLUE MUG,3,2.55,90001',
  'C6,MUG,BLUE MUG,-2,2.55,90002',
  'C7,JUG,GLASS JUG,-5,10.00,90002',
];

async function run({
  rows = FILE,
  invoices,
  patienceMs = 1000,
}: {
  rows?: string[];
  invoices?: number;
  patienceMs?: number;
} = {}) {
  const file = join(folder, 'orders.csv');
  await writeFile(file, ['InvoiceNo,StockCode,Description,Quantity,UnitPrice,CustomerID', ...rows].join('\n'));
  const client = () => createShopClient({ baseUrl: shop.baseUrl, wait: async () => undefined, patienceMs });
  const said: string[] = [];
  const result = await replay({
    file,
    invoices,
    concurrency: 4,
    shop: client(),
    issuer: client(),
    say: (line) => said.push(line),
    startProgress: () => ({ tick: () => undefined, done: () => undefined }),
    wait: async () => undefined,
  });
  return { ...result, said: said.join('\n') };
}

/** `customer key status: lines = total` of each order. */
function orders(): string[] {
  return [...shop.orders.values()]
    .map(({ customerId, key, status, lines, total }) => {
      const shown = lines.map(({ sku, quantity, price }) => `${quantity} ${sku} ${price?.amountMinor}`).sort();
      return `${customerId} ${key} ${status}: ${shown.join(', ')} = ${total?.amountMinor}`;
    })
    .sort();
}

test('an invoice file becomes orders at its prices, and what it takes back is cancelled', async () => {
  const { faults, conclusion, said } = await run();
  expect(orders()).toEqual([
    '90001 replay:5:1 confirmed: 3 MUG 255 = 765',
    '90002 replay:3:1 confirmed: 1 mug 105, 2 MUG 255 = 615',
    '90002 replay:3:2 confirmed: 1 MUG 335 = 335',
    '90002 replay:3:3 cancelled: 2 MUG 255 = 510',
    '90003 replay:1:1 confirmed: 3 JUG 1000, 6 MUG 255 = 4530',
    'guest-2 replay:2:1 confirmed: 1 MUG 335 = 335',
  ]);
  expect(shop.products.get('MUG')).toMatchObject({ name: 'BLUE MUG', received: 15, category: 'online-retail' });
  expect(shop.products.get('JUG')?.name).toBe('GLASS JUG');
  expect(faults).toEqual([]);
  expect(conclusion).toBe(
    '7 invoices, 6 orders, 19 units for GBP 70.90, 1 of them cancelled (2 units for GBP 5.10): reconciled',
  );
  for (const cells of [
    ['as written', '12', '3', '33.80'],
    ['left out: codes that are no goods: postage, fees, discounts', '1', '1', '18.00'],
    ['sales, after adding 1 repeated rows to their line', '7', '19', '70.90'],
    ['not matched: never bought earlier in the file', '1', '5', '50.00'],
    ['kept', '5', '17', '65.80'],
  ]) {
    expect(said).toMatch(new RegExp(cells.map((cell) => cell.replace('.', '\\.')).join(' +│ +')));
  }
});

test.each(['5.0', '1e3', '+5', '1234567890'])(
  'a quantity of %s is left out of everything, and all agrees',
  async (quantity) => {
    const { faults, said } = await run({ rows: [...FILE.slice(0, 4), `8,MUG,BLUE MUG,${quantity},2.55,90001`] });
    expect(faults).toEqual([]);
    expect(shop.orders.size).toBe(1);
    expect(said).toMatch(/as written +│ +5 +│ +10 +│ +63\.30/);
  },
);

describe('a second run', () => {
  test('places nothing, changes nothing, and agrees', async () => {
    const first = await run();
    const before = [orders(), structuredClone([...shop.products])];
    const second = await run();
    expect([orders(), [...shop.products]]).toEqual(before);
    expect(second.faults).toEqual([]);
    expect(second.conclusion).toBe(first.conclusion);
    expect(second.said).toContain('placed, 6 of them by an earlier run');
  });

  test('goes on where the first ended', async () => {
    await run({ invoices: 3 });
    expect(shop.orders.size).toBe(5);
    const received = shop.products.get('MUG')?.received;
    const { faults } = await run();
    expect(faults).toEqual([]);
    expect(shop.orders.size).toBe(6);
    expect(shop.products.get('MUG')?.received).toBe(received);
  });

  test('of fewer invoices knows what a longer one has cancelled', async () => {
    await run();
    const { faults, said } = await run({ invoices: 3 });
    expect(faults).toEqual([]);
    expect(said).toContain('of these by a longer run before');
  });

  test('places at the prices of the file an order that the first had left open', async () => {
    await run();
    const [order] = [...shop.orders.values()].filter(({ key }) => key === 'replay:2:1');
    if (order) Object.assign(order, { status: 'pending', polls: 3 });
    expect((await run()).faults).toEqual([]);
    expect(shop.products.get('MUG')?.price.amountMinor).toBe(335);
  });
});

describe('it is a fault', () => {
  test('when the shop refuses an order', async () => {
    shop.intercept = ({ method, path }) =>
      method === 'POST' && path === '/v1/orders' ? { status: 409, body: { code: 'ORDER_OUT_OF_STOCK' } } : undefined;
    const { faults } = await run({ rows: FILE.slice(0, 4) });
    expect(faults).toEqual([
      'sold: 9 units for GBP 45.30 in the file, 0 units for GBP 0.00 in the shop',
      'invoice 1 (replay:1:1): the shop refuses it, 409 ORDER_OUT_OF_STOCK',
    ]);
  });

  test.each<[string, object, string[]]>([
    [
      'by a penny',
      { total: { amountMinor: 4531, currency: 'GBP' } },
      [
        'sold: 9 units for GBP 45.30 in the file, 9 units for GBP 45.31 in the shop',
        'invoice 1 (replay:1:1): its total is GBP 4531 and should be GBP 4530',
      ],
    ],
    ['by its lines', { lines: [{ sku: 'MUG', quantity: 9 }] }, ['invoice 1 (replay:1:1): it has other lines']],
    [
      'by its status',
      { status: 'cancelled' },
      [
        'cancelled: 0 units for GBP 0.00 in the file, 9 units for GBP 45.30 in the shop',
        'invoice 1 (replay:1:1): it is cancelled in the shop, but not in the file',
      ],
    ],
    [
      'by a refusal in an earlier run',
      { status: 'rejected', reason: 'out_of_stock' },
      [
        'sold: 9 units for GBP 45.30 in the file, 0 units for GBP 0.00 in the shop',
        'invoice 1 (replay:1:1): it is rejected, out_of_stock',
      ],
    ],
  ])('when an order of the shop is another %s', async (_, fields, expected) => {
    await run({ rows: FILE.slice(0, 4) });
    for (const order of shop.orders.values()) Object.assign(order, fields);
    expect((await run({ rows: FILE.slice(0, 4) })).faults).toEqual(expected);
  });
});

test('a shop that is busy is asked again with the same key', async () => {
  let busy = 0;
  shop.intercept = () => {
    busy += 1;
    return busy % 2 === 1 ? { status: busy % 3 === 0 ? 429 : 503, headers: { 'retry-after': '1' } } : undefined;
  };
  const { faults, said } = await run({ patienceMs: 20_000 });
  expect(faults).toEqual([]);
  expect(shop.orders.size).toBe(6);
  expect(said).toMatch(/\d\d requests repeated/);
});

test('a product that somebody else writes meanwhile gets its price all the same', async () => {
  let writes = 0;
  shop.intercept = ({ method, path }) => {
    const product = shop.products.get('MUG');
    if (method === 'PUT' && path.endsWith('/MUG') && product && writes++ < 3) product.version += 1;
    return undefined;
  };
  expect((await run()).faults).toEqual([]);
});

test('a shop that cannot be asked ends the run with a sentence', async () => {
  shop.intercept = ({ path }) =>
    path.startsWith('/v1/products/JUG') ? { status: 403, body: { code: 'NO' } } : undefined;
  await expect(run()).rejects.toThrow('product JUG cannot be read: {"code":"NO"}');
});
