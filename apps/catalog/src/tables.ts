import type { TableDefinition } from '@shop/dynamo';

/**
 * Products by SKU. An active product stands in two listings of its category; deleting it removes its position and so its
 * index entries. Stock and version are not projected: each sale would have to write both indexes.
 *
 * One more item, `#categories`, names every category that ever had a product. No SKU starts with `#`.
 */
export const productsTable: TableDefinition = {
  key: 'sku',
  indexes: {
    byCategoryName: { key: 'category', sortKey: 'namePosition', project: ['name', 'price'] },
    byCategoryPrice: { key: 'category', sortKey: 'pricePosition', project: ['name', 'price'] },
  },
};

/** Stock held for orders, and the tombstones of what was refused or given back; those expire. */
export const reservationsTable: TableDefinition = { key: 'orderId', ttlAttribute: 'ttl' };
