import { Type } from 'typebox';

const tableName = (name: string) => Type.String({ minLength: 3, default: name });

/** AWS endpoints, region and keys come from the SDK's own variables. */
export const SetupConfig = Type.Object({
  /** False where templates own the tables: then only the sample products are put in. */
  CREATE_TABLES: Type.Boolean({ default: true }),
  PRODUCTS_TABLE: tableName('products'),
  RESERVATIONS_TABLE: tableName('reservations'),
  ORDERS_TABLE: tableName('orders'),
  PAYMENTS_TABLE: tableName('payments'),
  SANDBOX_LEDGER_TABLE: tableName('sandbox-ledger'),
  /** The secret with the key to the payment gateway, to be created. Absent where it has another owner. */
  GATEWAY_SECRET_NAME: Type.Optional(Type.String({ minLength: 1 })),
});
