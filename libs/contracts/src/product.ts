import { type Static, Type } from 'typebox';
import { Money, Price } from './money.ts';
import { NextCursor, PageQuery } from './page.ts';

/** Stock keeping unit: case-sensitive. */
export const Sku = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$', examples: ['MUG-STONEWARE-BLUE'] });
const Category = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,63}$', examples: ['kitchen'] });

/** Units of one product that the shop has ever received: the upper bound keeps every sum exact. */
export const Received = Type.Integer({ minimum: 0, maximum: 1_000_000_000 });

const described = {
  name: Type.String({ minLength: 1, maxLength: 200 }),
  description: Type.String({ maxLength: 2000 }),
  category: Category,
  price: Price,
};

/** Body of `PUT /v1/products/{sku}`. `received` is absolute: a change of it moves `available` by the difference. */
export const ProductInput = Type.Object({ ...described, received: Received }, { additionalProperties: false });
export type ProductInput = Static<typeof ProductInput>;

export const Product = Type.Object({
  sku: Sku,
  ...described,
  available: Type.Integer({ minimum: 0, description: 'Units that can be ordered now.' }),
  received: Received,
});
export type Product = Static<typeof Product>;

/** A product in a listing. Stock is left out: an index entry would have to be written at each sale. */
export const ProductSummary = Type.Object({ sku: Sku, name: described.name, category: Category, price: Money });
export type ProductSummary = Static<typeof ProductSummary>;

export const ProductPage = Type.Object({ items: Type.Array(ProductSummary), nextCursor: NextCursor });
export type ProductPage = Static<typeof ProductPage>;

export const ProductQuery = Type.Object(
  {
    category: Category,
    sort: Type.Optional(Type.Enum(['name', 'price'], { default: 'name' })),
    ...PageQuery,
  },
  { additionalProperties: false },
);
export type ProductQuery = Static<typeof ProductQuery>;

export const CategoryList = Type.Object({ items: Type.Array(Category) });
export type CategoryList = Static<typeof CategoryList>;
