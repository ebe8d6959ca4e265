import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type FloorFaults, floorFaults } from './floors/floor-faults.ts';

describe('this repository', () => {
  let faults: FloorFaults;
  beforeAll(async () => {
    faults = await floorFaults(join(import.meta.dirname, '..'));
  });

  test('uses only the floors below, and declares what it imports', () => {
    expect(faults.dependencies).toEqual([]);
  });
  test('calls down inside each app, and its pure files are pure', () => {
    expect(faults.layers).toEqual([]);
  });
  test('has no import cycle', () => {
    expect(faults.cycles).toEqual([]);
  });
  test('has small files with names that say something', () => {
    expect(faults.sizes).toEqual([]);
  });
});

const project = (name: string, floor: number, ...dependencies: string[]) =>
  JSON.stringify({
    name: `@shop/${name}`,
    dependencies: Object.fromEntries(dependencies.map((each) => [`@shop/${each}`, '0.0.0'])),
    nx: { tags: [`floor:${floor}`] },
  });

/** A small workspace without a fault. */
const fixture: Readonly<Record<string, string>> = {
  'libs/contracts/package.json': project('contracts', 0),
  'libs/contracts/src/order.ts': 'export type Order = { orderId: string };\n',
  'libs/testing/package.json': project('testing', 1),
  'libs/health/package.json': project('health', 1, 'testing'),
  'libs/health/src/health.test.ts': "import '@shop/testing/until';\n",
  'libs/health/src/health.ts': 'export const health = 1;\n',
  'apps/order/package.json': project('order', 3, 'contracts', 'health'),
  'apps/order/src/app.ts':
    "import { health } from '@shop/health';\nimport { orderRoutes } from './order-routes.ts';\nexport const app = [health, orderRoutes];\n",
  'apps/order/src/order-routes.ts': "import { store } from './order-store.ts';\nexport const orderRoutes = store;\n",
  'apps/order/src/order-store.ts':
    "import type { Order } from '@shop/contracts/order';\nexport const store: Order[] = [];\n",
  'apps/order/src/order.ts': "export type { Order } from '@shop/contracts/order';\n",
  'apps/catalog/package.json': project('catalog', 3),
  'apps/catalog/src/product.ts': 'export const product = 1;\n',
};

describe('a workspace', () => {
  const roots: string[] = [];
  afterEach(() => {
    for (const root of roots.splice(0)) rmSync(root, { recursive: true });
  });

  async function faultsWith(changes: Record<string, string>): Promise<string[]> {
    const root = mkdtempSync(join(tmpdir(), 'floors-'));
    roots.push(root);
    for (const [file, text] of Object.entries({ ...fixture, ...changes })) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    return Object.values(await floorFaults(root)).flat();
  }

  test('without a fault has none', async () => {
    expect(await faultsWith({})).toEqual([]);
  });

  test.each([
    [
      'an app that imports another app',
      {
        'apps/order/package.json': project('order', 3, 'contracts', 'health', 'catalog'),
        'apps/order/src/order-store.ts':
          "import { product } from '@shop/catalog/product';\nexport const store = product;\n",
      },
      [
        'apps/order depends on @shop/catalog: floor 3 may not use floor 3',
        'apps/order/src/order-store.ts imports @shop/catalog: floor 3 may not use floor 3',
      ],
    ],
    [
      'a leaf that imports the contracts, if only a type, and does not say so',
      {
        'libs/health/src/health.ts':
          "import type { Order } from '@shop/contracts/order';\nexport type Health = Order;\n",
      },
      [
        'libs/health/src/health.ts imports @shop/contracts, which is not declared',
        'libs/health/src/health.ts imports @shop/contracts: floor 1 may not use floor 0',
      ],
    ],
    [
      'a lib for tests in what ships',
      { 'libs/health/src/health.ts': "import '@shop/testing/until';\nexport const health = 1;\n" },
      ['libs/health/src/health.ts imports @shop/testing/until, which is for tests'],
    ],
    [
      "a lib's entry for tests in what ships",
      { 'apps/order/src/app.ts': "import '@shop/health/testing';\n" },
      ['apps/order/src/app.ts imports @shop/health/testing, which is for tests'],
    ],
    [
      'a relative import that leaves its project',
      { 'apps/catalog/src/product.ts': "export { health } from '../../../libs/health/src/health.ts';\n" },
      ['apps/catalog/src/product.ts imports ../../../libs/health/src/health.ts, which leaves its project'],
    ],
    [
      'a dynamic import of something that is not declared',
      { 'apps/catalog/src/product-store.ts': "export const load = () => import('@shop/health');\n" },
      ['apps/catalog/src/product-store.ts imports @shop/health, which is not declared'],
    ],
    [
      'a store that imports a route',
      { 'apps/order/src/order-store.ts': "import { app } from './app.ts';\nexport const store = app;\n" },
      [
        'apps/order/src/order-store.ts imports up: apps/order/src/app.ts (composition above edges)',
        'apps/order/src/app.ts -> apps/order/src/order-routes.ts -> apps/order/src/order-store.ts -> apps/order/src/app.ts',
      ],
    ],
    [
      'a pure file that does more than calculate',
      { 'apps/order/src/order.ts': "export { health } from '@shop/health';\n" },
      ['apps/order/src/order.ts is pure, but imports @shop/health'],
    ],
    [
      'a file of an app without a place in the order',
      { 'apps/order/src/stray.ts': 'export const stray = 1;\n' },
      ['apps/order/src/stray.ts has no layer: name it in tools/floors/rules.ts'],
    ],
    [
      'a project without a floor',
      { 'libs/health/package.json': project('health', Number.NaN, 'testing') },
      [
        'apps/order depends on @shop/health: floor 3 may not use floor NaN',
        'apps/order/src/app.ts imports @shop/health: floor 3 may not use floor NaN',
        'libs/health has no tag floor:N',
      ],
    ],
    [
      'two projects that depend on each other',
      { 'e2e/package.json': project('e2e', 4, 'tools'), 'tools/package.json': project('tools', 4, 'e2e') },
      ['@shop/e2e -> @shop/tools -> @shop/e2e'],
    ],
    [
      'a file that is too long',
      { 'libs/health/src/health.ts': '\n'.repeat(201) },
      ['libs/health/src/health.ts has 201 lines, more than 200'],
    ],
    [
      'a file whose name says nothing',
      { 'libs/health/src/utils.ts': '' },
      ['libs/health/src/utils.ts needs a name that says what is inside'],
    ],
  ])('with %s is reported', async (_title, changes, faults) => {
    expect(await faultsWith(changes as Record<string, string>)).toEqual(faults);
  });

  test('with long files throughout is reported', async () => {
    const long = '\n'.repeat(60);
    const changes = Object.keys(fixture)
      .filter((file) => file.startsWith('apps/order/src'))
      .map((file) => [file, long]);
    expect(await faultsWith(Object.fromEntries(changes))).toEqual([
      'the median source file has 60 lines, more than 50',
    ]);
  });

  test('in which an import stands in a comment or a string is not reported', async () => {
    const text = "// import '@shop/health';\nexport const text = \"import '@shop/health'\";\n";
    expect(await faultsWith({ 'apps/catalog/src/product.ts': text })).toEqual([]);
  });
});
