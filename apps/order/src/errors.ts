import type { RejectionReason } from '@shop/contracts/order';
import type { ProblemKind } from '@shop/contracts/problem';

export const idempotencyKeyRequired = {
  code: 'ORDER_IDEMPOTENCY_KEY_REQUIRED',
  status: 400,
  title: 'The header Idempotency-Key is required: 1 to 255 visible ASCII characters, a new one for each order.',
} as const satisfies ProblemKind;

export const paymentDeclined = {
  code: 'ORDER_PAYMENT_DECLINED',
  status: 402,
  title: 'The payment was declined. Nothing was charged, and the goods are back in stock.',
} as const satisfies ProblemKind;

export const orderNotFound = {
  code: 'ORDER_NOT_FOUND',
  status: 404,
  title: 'You have no order with this id.',
} as const satisfies ProblemKind;

export const outOfStock = {
  code: 'ORDER_OUT_OF_STOCK',
  status: 409,
  title: 'There are not enough units of at least one product. Nothing was charged.',
} as const satisfies ProblemKind;

export const notForSale = {
  code: 'ORDER_NOT_FOR_SALE',
  status: 409,
  title: 'At least one product does not exist or is not for sale. Nothing was charged.',
} as const satisfies ProblemKind;

export const mixedCurrency = {
  code: 'ORDER_MIXED_CURRENCY',
  status: 409,
  title: 'The products have prices in different currencies; an order has one. Nothing was charged.',
} as const satisfies ProblemKind;

export const orderCancelled = {
  code: 'ORDER_CANCELLED',
  status: 409,
  title: 'The order was cancelled before it was confirmed. No money is kept.',
} as const satisfies ProblemKind;

export const orderNotCancellable = {
  code: 'ORDER_NOT_CANCELLABLE',
  status: 409,
  title: 'The order was rejected, so there is nothing to cancel.',
} as const satisfies ProblemKind;

export const idempotencyKeyReused = {
  code: 'ORDER_IDEMPOTENCY_KEY_REUSED',
  status: 422,
  title: 'This Idempotency-Key belongs to an order with another body.',
} as const satisfies ProblemKind;

export const outcomeUnknown = {
  code: 'ORDER_OUTCOME_UNKNOWN',
  status: 503,
  title: 'Whether the order was placed is unknown. Repeat the request with the same Idempotency-Key.',
} as const satisfies ProblemKind;

/** The answer to a request whose order was rejected. */
export const rejections: Record<RejectionReason, ProblemKind> = {
  payment_declined: paymentDeclined,
  out_of_stock: outOfStock,
  not_for_sale: notForSale,
  mixed_currency: mixedCurrency,
};

/** Every problem of this service that is not one of every service. */
export const problems: readonly ProblemKind[] = [
  idempotencyKeyRequired,
  paymentDeclined,
  orderNotFound,
  outOfStock,
  notForSale,
  mixedCurrency,
  orderCancelled,
  orderNotCancellable,
  idempotencyKeyReused,
  outcomeUnknown,
];
