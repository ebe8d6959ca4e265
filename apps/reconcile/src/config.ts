import { type Static, Type } from 'typebox';

const tableName = (name: string) => Type.String({ minLength: 3, default: name });

export const ReconcileConfig = Type.Object({
  PRODUCTS_TABLE: tableName('products'),
  RESERVATIONS_TABLE: tableName('reservations'),
  ORDERS_TABLE: tableName('orders'),
  PAYMENTS_TABLE: tableName('payments'),
  GATEWAY_URL: Type.String({ pattern: '^https?://', description: 'the payment gateway' }),
  /** From Secrets Manager (member `apiKey` of the secret), or, locally, as it stands. */
  GATEWAY_SECRET_ARN: Type.Optional(Type.String()),
  GATEWAY_API_KEY: Type.Optional(Type.String({ secret: true })),
  /** How long an order may be open before that counts as a difference. */
  OPEN_LIMIT_MS: Type.Integer({ minimum: 0, default: 15 * 60_000 }),
  /** The first pause before something is looked at again; it doubles each round. */
  ROUND_DELAY_MS: Type.Integer({ minimum: 0, default: 500 }),
});
export type ReconcileConfig = Static<typeof ReconcileConfig>;
