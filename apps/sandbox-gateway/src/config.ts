import { serviceConfig } from '@shop/service';
import { type Static, Type } from 'typebox';

export const SandboxGatewayConfig = Type.Object({
  ...serviceConfig,
  SANDBOX_LEDGER_TABLE: Type.String({ minLength: 3, default: 'sandbox-ledger' }),
  /** The key that callers must show: from Secrets Manager (member `apiKey` of the secret), or, locally, as it stands. */
  GATEWAY_SECRET_ARN: Type.Optional(Type.String()),
  GATEWAY_API_KEY: Type.Optional(Type.String({ secret: true })),
  /** Multiplies the time that slow payment methods take. */
  SANDBOX_TIME_SCALE: Type.Number({ minimum: 0, maximum: 10, default: 1 }),
});
export type SandboxGatewayConfig = Static<typeof SandboxGatewayConfig>;
