/** Which floors a project may use, by its own floor: contracts, leaf libs, service, apps, and what looks at the whole. */
export const floors: Readonly<Record<number, readonly number[]>> = {
  0: [],
  1: [],
  2: [0, 1],
  3: [0, 1, 2],
  4: [0, 1, 2, 3, 4],
};

/**
 * What is called `testing`, a lib or an entry of one, is for tests. The lib may be declared on every floor; both are imported
 * by tests alone, and by the floor that looks at the whole, which never ships.
 */
export const forTests = { name: /^@shop\/([^/]+\/)?testing(\/|$)/, floor: 4 };

/** The order inside an app, from the entry down: a file imports files of its own layer and of lower ones. */
export const layers = ['entry', 'composition', 'doors', 'stories', 'saga', 'edges', 'pure'] as const;
export type Layer = (typeof layers)[number];

/** Where the files of every app belong by their names; `*` stands for any part of one. */
export const anyApp: Partial<Record<Layer, readonly string[]>> = {
  entry: ['main'],
  composition: ['app'],
  doors: ['*routes'],
  edges: ['*-store', '*-client', '*-cache', '*gateway', '*metrics', 'api-key', 'config'],
  pure: ['errors'],
};

/** The other files of each app. A new one needs its place here, so that somebody thinks about it. */
export const ofApp: Readonly<Record<string, Partial<Record<Layer, readonly string[]>>>> = {
  catalog: {
    stories: ['reserve', 'release', 'save-product', 'seed', 'catalog-metrics'],
    edges: ['product-listing', 'stock-moves', 'catalog-writes', 'tables'],
    pure: ['product', 'quote', 'preconditions', 'listing-cursor', 'sample-products'],
  },
  order: {
    doors: ['recovery'],
    stories: ['place-order', 'cancel-order', 'read-orders'],
    saga: ['saga'],
    edges: ['order-observer', 'peer-check'],
    pure: ['order', 'order-id', 'order-view', 'timing', 'within'],
  },
  payment: {
    stories: ['take-payment', 'refund-payment', 'settle-charge'],
    pure: ['payment', 'gateway-patience', 'gateway-replies'],
  },
  'sandbox-gateway': {
    stories: ['take-charge', 'refund-charge'],
    edges: ['ledger-reader', 'authentication'],
    pure: ['charge', 'tokens', 'patience', 'idempotency-key', 'gateway-api'],
  },
  reconcile: {
    stories: ['reconcile'],
    saga: ['check-orders', 'check-orphans', 'check-stock'],
    edges: ['shop-tables', 'gateway-ledger', 'repair'],
    pure: ['charge', 'items', 'judge-order', 'hold-tally', 'reread', 'pause', 'map-parallel', 'findings', 'report'],
  },
  'dev-issuer': { edges: ['tokens'] },
  'ecs-metadata': {
    stories: ['read-metadata'],
    pure: ['*-document', 'engine-api', 'find-caller', 'limits', 'task-names'],
  },
  'load-generator': {
    composition: ['load'],
    stories: ['visits', 'shelf'],
    edges: ['tally', 'pace'],
    pure: ['mix', 'failure'],
  },
};

/** The only floor that a pure file of an app may use. */
export const pureUses = 0;

/** Lines of source files; tests are counted apart. */
export const size = { median: 50, largest: 200 };

/** Names that say nothing about what is inside. */
export const emptyNames: readonly string[] = ['utils', 'helpers', 'common', 'manager', 'types'];
