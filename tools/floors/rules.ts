/** Which floors a project may use, by its own floor: contracts, leaf libs, service, apps, and what looks at the whole. */
export const floors: Readonly<Record<number, readonly number[]>> = {
  0: [],
  1: [],
  2: [0, 1],
  3: [0, 1, 2],
  4: [0, 1, 2, 3, 4],
};

/**
 * The order inside an app, from the entry down: a file imports files of its own row and of lower ones. `*` stands for any
 * part of a name. Every source file of an app has its place here, so that a new one has to be thought about.
 */
export const layers: readonly { name: string; files: readonly string[] }[] = [
  { name: 'entry', files: ['main'] },
  { name: 'composition', files: ['app'] },
  { name: 'doors', files: ['*routes', 'recovery'] },
  { name: 'stories', files: ['place-order', 'cancel-order', 'reserve', 'take-payment', 'refund-payment', '*-charge'] },
  { name: 'saga', files: ['saga'] },
  {
    name: 'edges',
    files: [
      '*-store',
      '*-reader',
      '*-client',
      '*-cache',
      '*gateway',
      '*patience',
      'authentication',
      'api-key',
      'config',
      '*metrics',
    ],
  },
  {
    name: 'pure',
    files: [
      'order',
      'product',
      'payment',
      'charge',
      'tokens',
      'idempotency-key',
      'gateway-api',
      'gateway-replies',
      'errors',
    ],
  },
];

/** The only floor that a pure file of an app may use. */
export const pureUses = 0;

/** Lines of source files; tests are counted apart. */
export const size = { median: 50, largest: 200 };

/** Names that say nothing about what is inside. */
export const emptyNames: readonly string[] = ['utils', 'helpers', 'common', 'manager', 'types'];
