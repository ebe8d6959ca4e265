import { Type } from 'typebox';

/** AWS endpoints, region and keys come from the SDK's own variables. */
export const SetupConfig = Type.Object({
  GATEWAY_SECRET_NAME: Type.String({ minLength: 1, description: 'the secret with the key to the payment gateway' }),
});
