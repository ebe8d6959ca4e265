import { type ProblemDetails, ProblemError, type ProblemKind } from '@shop/contracts/problem';
import type { RefusalReason, ShortLine } from '@shop/contracts/reservation';

export const productNotFound: ProblemKind = {
  code: 'CATALOG_PRODUCT_NOT_FOUND',
  status: 404,
  title: 'There is no product with this SKU.',
};
export const preconditionFailed: ProblemKind = {
  code: 'CATALOG_PRECONDITION_FAILED',
  status: 412,
  title: 'The product is not in the state that the request expects. Read it again and decide anew.',
};
export const preconditionRequired: ProblemKind = {
  code: 'CATALOG_PRECONDITION_REQUIRED',
  status: 428,
  title: 'Send If-Match with the ETag of the product to change, or If-None-Match: * to create one.',
};
export const stockTooLow: ProblemKind = {
  code: 'CATALOG_STOCK_TOO_LOW',
  status: 409,
  title: 'More units are held or sold than the shop would have received.',
};
export const reservationDiffers: ProblemKind = {
  code: 'CATALOG_RESERVATION_DIFFERS',
  status: 422,
  title: 'Stock is held for this order with other lines.',
};

const refusals: Record<RefusalReason, ProblemKind> = {
  out_of_stock: { code: 'CATALOG_OUT_OF_STOCK', status: 409, title: 'There are not enough units of a product.' },
  not_for_sale: { code: 'CATALOG_NOT_FOR_SALE', status: 409, title: 'A product is not for sale.' },
  mixed_currency: { code: 'CATALOG_MIXED_CURRENCY', status: 409, title: 'The products have prices in two currencies.' },
  released: { code: 'CATALOG_RELEASED', status: 409, title: 'The stock of this order was given back.' },
};

/** The service's own errors, for its problem pages. */
export const catalogProblems: readonly ProblemKind[] = [
  productNotFound,
  preconditionFailed,
  preconditionRequired,
  stockTooLow,
  reservationDiffers,
  ...Object.values(refusals),
];

/** A final "no" to a reservation, as the order service reads it. */
export function refusal(reason: RefusalReason, shortLines: readonly ShortLine[]): ProblemError {
  const details: ProblemDetails = { members: { reason, shortLines } };
  return new ProblemError(refusals[reason], details);
}
