import { OrderId } from '@shop/contracts/order';
import { Payment } from '@shop/contracts/payment';
import { ProblemError } from '@shop/contracts/problem';
import type { Identity } from '@shop/identity';
import { type App, deadlineOf } from '@shop/service';
import { Type } from 'typebox';
import { paymentNotFound } from './errors.ts';
import { toView } from './payment.ts';
import type { PaymentStore } from './payment-store.ts';

export type PaymentRoutesOptions = { store: PaymentStore; identity: Identity };

/** What customers may ask: their own payments. Those of others are as unknown as those that never were. */
export async function paymentRoutes(app: App, { store, identity }: PaymentRoutesOptions) {
  app.get(
    '/v1/payments/:paymentId',
    {
      onRequest: identity.required(),
      schema: {
        summary: 'A payment of your own',
        tags: ['payments'],
        security: [{ bearer: [] }],
        params: Type.Object({ paymentId: OrderId }),
        response: { 200: Payment },
      },
    },
    async (request) => {
      const payment = await store.get(request.params.paymentId, deadlineOf(request));
      const { customerId } = identity.callerOf(request);
      if (payment?.customerId !== customerId) throw new ProblemError(paymentNotFound);
      return toView(payment);
    },
  );
}
