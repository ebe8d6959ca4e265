import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { GatewayOutcomeUnknown, GatewayRefusal } from '../src/errors.ts';
import type { Gateway, GatewayCharge } from '../src/gateway.ts';
import { newOrderId } from './order-id.ts';

export type GatewayUnderTest = {
  gateway: Gateway;
  /** Payment methods of the gateway that do what their name says. */
  methods: { approves: string; declines: string; unknown: string; expired: string; timesOutWithEffect: string };
  /** Gives money back past this service, as somebody at the gateway's console would. */
  refundByHand(orderId: string, chargeId: string, amountMinor: number): Promise<void>;
  close(): Promise<void>;
};

/** What every adapter of the gateway port has to do, run against the real gateway behind it. */
export function gatewayContract(adapter: string, open: () => Promise<GatewayUnderTest>): void {
  describe(`the gateway port over ${adapter}`, () => {
    let tested: GatewayUnderTest;
    let gateway: Gateway;
    let orderId: string;
    const amount = { amountMinor: 1250, currency: 'GBP' };
    const soon = () => Date.now() + 5000;
    const charge = (paymentMethod: string) => gateway.charge({ orderId, amount, paymentMethod }, soon());
    const refund = ({ chargeId }: GatewayCharge) => gateway.refund({ orderId, chargeId, amount }, soon());

    beforeAll(async () => {
      tested = await open();
      gateway = tested.gateway;
    });
    beforeEach(() => {
      orderId = newOrderId();
    });
    afterAll(() => tested.close());

    test('a success answers every repeat, and is one charge', async () => {
      const first = await charge(tested.methods.approves);
      expect(first).toEqual({ status: 'succeeded', chargeId: expect.any(String), amount });
      const repeats = await Promise.all(Array.from({ length: 10 }, () => charge(tested.methods.approves)));
      for (const repeat of repeats) expect(repeat).toEqual(first);
      expect(await gateway.find(orderId, soon())).toEqual([first]);
    });

    test('a decline answers every repeat', async () => {
      const first = await charge(tested.methods.declines);
      expect(first).toMatchObject({ status: 'declined', reason: expect.stringMatching(/./), amount });
      expect(await charge(tested.methods.declines)).toEqual(first);
    });

    test.each(['unknown', 'expired'] as const)('a method that is %s is a decline with a reason', async (kind) => {
      expect(await charge(tested.methods[kind])).toMatchObject({
        status: 'declined',
        reason: expect.stringMatching(/./),
      });
    });

    test('an amount that is not accepted is a decline with a reason', async () => {
      const nothing = { amountMinor: 0, currency: 'GBP' };
      const request = { orderId, amount: nothing, paymentMethod: tested.methods.approves };
      expect(await gateway.charge(request, soon())).toMatchObject({ status: 'declined' });
    });

    test('an effect without an answer is unknown, and the repeat answers at once with its result', async () => {
      const impatient = { orderId, amount, paymentMethod: tested.methods.timesOutWithEffect };
      await expect(gateway.charge(impatient, Date.now() + 300)).rejects.toThrow(GatewayOutcomeUnknown);
      const again = await charge(tested.methods.timesOutWithEffect);
      expect(again).toMatchObject({ status: 'succeeded' });
      expect(await gateway.find(orderId, soon())).toEqual([again]);
    });

    test('another amount for the same order is refused', async () => {
      const first = await charge(tested.methods.approves);
      const other = { orderId, amount: { ...amount, amountMinor: 1 }, paymentMethod: tested.methods.approves };
      await expect(gateway.charge(other, soon())).rejects.toThrow(GatewayRefusal);
      expect(await gateway.find(orderId, soon())).toEqual([first]);
    });

    test('the look-up shows declines, and nothing for an order that was never charged', async () => {
      expect(await gateway.find(orderId, soon())).toEqual([]);
      const declined = await charge(tested.methods.declines);
      expect(await gateway.find(orderId, soon())).toEqual([declined]);
    });

    test('a refund is made once, however often it is asked for, and shows in the look-up', async () => {
      const charged = await charge(tested.methods.approves);
      const refunds = await Promise.all(Array.from({ length: 10 }, () => refund(charged)));
      expect(new Set(refunds.map(({ refundId }) => refundId)).size).toBe(1);
      expect(await gateway.find(orderId, soon())).toEqual([{ ...charged, ...refunds[0] }]);
    });

    test('a charge that was given back by others counts as refunded', async () => {
      const charged = await charge(tested.methods.approves);
      await tested.refundByHand(orderId, charged.chargeId, amount.amountMinor);
      const { refundId } = await refund(charged);
      expect(await gateway.find(orderId, soon())).toEqual([{ ...charged, refundId }]);
    });

    test('a charge that was given back in part by others does not', async () => {
      const charged = await charge(tested.methods.approves);
      await tested.refundByHand(orderId, charged.chargeId, 1);
      await expect(refund(charged)).rejects.toThrow(GatewayRefusal);
    });

    test.each(['charge', 'find', 'refund'] as const)('a %s whose deadline has passed is not sent', async (call) => {
      const charged = call === 'refund' ? await charge(tested.methods.approves) : undefined;
      const past = Date.now() - 1;
      const calls = {
        charge: () => gateway.charge({ orderId, amount, paymentMethod: tested.methods.approves }, past),
        find: () => gateway.find(orderId, past),
        refund: () => gateway.refund({ orderId, chargeId: charged?.chargeId ?? '', amount }, past),
      };
      await expect(calls[call]()).rejects.toThrow(GatewayOutcomeUnknown);
      expect(await gateway.find(orderId, soon())).toEqual(charged ? [charged] : []);
    });
  });
}
