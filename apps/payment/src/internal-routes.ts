import { OrderId } from '@shop/contracts/order';
import { ChargeInput, ChargeResult, RefundInput, RefundResult } from '@shop/contracts/payment';
import { type App, deadlineOf } from '@shop/service';
import { Type } from 'typebox';
import { toProblem } from './errors.ts';
import { refundPayment } from './refund-payment.ts';
import type { PaymentDependencies } from './settle-charge.ts';
import { takePayment } from './take-payment.ts';

const params = Type.Object({ orderId: OrderId });
const tags = ['internal'];

/** What the order service asks for. No rule of the balancer leads here. */
export async function internalRoutes(app: App, { dependencies }: { dependencies: PaymentDependencies }) {
  const { metrics } = dependencies;

  app.put(
    '/internal/payments/:orderId',
    {
      schema: {
        tags,
        summary: 'Charge an order, once however often it is asked',
        params,
        body: ChargeInput,
        response: { 200: ChargeResult },
      },
    },
    async (request) => {
      const charge = { ...request.body, orderId: request.params.orderId };
      return takePayment(charge, dependencies, deadlineOf(request)).catch(failing(metrics.chargeFailed));
    },
  );

  app.put(
    '/internal/payments/:orderId/refund',
    {
      schema: {
        tags,
        summary: 'See to it that no money is kept for an order, and that none is taken later',
        params,
        body: RefundInput,
        response: { 200: RefundResult },
      },
    },
    async (request) => {
      const refund = { ...request.body, orderId: request.params.orderId };
      return refundPayment(refund, dependencies, deadlineOf(request)).catch(failing(metrics.refundFailed));
    },
  );
}

function failing(count: (error: unknown) => void) {
  return (error: unknown): never => {
    const problem = toProblem(error);
    count(problem);
    throw problem;
  };
}
