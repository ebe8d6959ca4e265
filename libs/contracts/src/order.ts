import { type Static, Type } from 'typebox';
import { Money, Price } from './money.ts';
import { NextCursor, PageQuery } from './page.ts';
import { Sku } from './product.ts';

/** One transaction of DynamoDB holds 100 items: 99 products and their reservation. */
export const MAX_ORDER_LINES = 99;

export const OrderId = Type.String({ pattern: '^ord_[a-z2-7]{26}$', examples: ['ord_mfzwi3tbmfzwi3tbmfzwi3tbmf'] });
export const Quantity = Type.Integer({ minimum: 1, maximum: 10_000 });

export const RequestedLine = Type.Object({ sku: Sku, quantity: Quantity }, { additionalProperties: false });
export type RequestedLine = Static<typeof RequestedLine>;
export const RequestedLines = Type.Array(RequestedLine, { minItems: 1, maxItems: MAX_ORDER_LINES });

/** A line with the unit price that its reservation was made at. */
export const PricedLine = Type.Object({ sku: Sku, quantity: Quantity, price: Price });
export type PricedLine = Static<typeof PricedLine>;

/** A token of the payment gateway, never a card number. */
export const PaymentMethod = Type.String({ pattern: '^pm_[a-zA-Z0-9_]{1,64}$', examples: ['pm_approve'] });

/** Body of `POST /v1/orders`. It has no price: the catalog's counts. */
export const OrderInput = Type.Object(
  { lines: RequestedLines, paymentMethod: PaymentMethod },
  { additionalProperties: false },
);
export type OrderInput = Static<typeof OrderInput>;

/** 1 to 255 visible ASCII characters. */
export const IdempotencyKey = Type.String({ pattern: '^[\\x21-\\x7e]{1,255}$' });

const PublicOrderStatus = Type.Enum(['pending', 'confirmed', 'rejected', 'refunding', 'cancelled']);

/** Why an order is not confirmed; the words are those of the problem codes. */
export const RejectionReason = Type.Enum(['out_of_stock', 'not_for_sale', 'mixed_currency', 'payment_declined']);
export type RejectionReason = Static<typeof RejectionReason>;

export const Order = Type.Object({
  orderId: OrderId,
  status: PublicOrderStatus,
  reason: Type.Optional(RejectionReason),
  lines: Type.Array(Type.Object({ sku: Sku, quantity: Quantity, price: Type.Optional(Price) })),
  total: Type.Optional(Money),
  paymentId: OrderId,
  createdAt: Type.String({ format: 'date-time' }),
});
export type Order = Static<typeof Order>;

export const OrderPage = Type.Object({ items: Type.Array(Order), nextCursor: NextCursor });
export type OrderPage = Static<typeof OrderPage>;
export const OrderQuery = Type.Object(PageQuery, { additionalProperties: false });
