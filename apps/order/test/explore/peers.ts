import type { ReserveReply } from '../../src/catalog-client.ts';
import type { ChargeReply } from '../../src/payment-client.ts';
import type { Broken } from './mutants.ts';
import {
  type Charge,
  type Effect,
  PRICE_MINOR,
  type StoredPayment,
  type StoredReservation,
  type World,
} from './world.ts';

/** One request to a table or to the gateway. */
export type Ask = <Reply>(label: string, effect: Effect<Reply>) => Promise<Reply>;

const inStock = (world: World, orderId: string, moved: number, reservation: StoredReservation): World => ({
  ...world,
  available: world.available + moved,
  reservations: { ...world.reservations, [orderId]: reservation },
});

/** The catalog's side of a reservation: its transactions, each one effect. */
export function catalog(broken: Broken) {
  const answer = ({ status, quantity, reason }: StoredReservation): ReserveReply =>
    status === 'held'
      ? { status: 'held', lines: [{ sku: 'MUG', quantity, price: { amountMinor: PRICE_MINOR, currency: 'GBP' } }] }
      : { status: 'refused', reason: reason ?? 'released', shortLines: [] };

  return {
    async reserve(ask: Ask, orderId: string, quantity: number): Promise<ReserveReply> {
      const held = await ask('catalog holds', (world) => {
        const stored = world.reservations[orderId];
        if (stored && !broken.has('reservation without its condition')) return [world, stored];
        const enough = world.available >= quantity || broken.has('hold without a look at what is available');
        if (!enough) return [world, undefined];
        const reservation: StoredReservation = { status: 'held', quantity };
        return [inStock(world, orderId, -quantity, reservation), reservation];
      });
      if (held) return answer(held);
      const tombstone: StoredReservation = { status: 'released', quantity: 0, reason: 'out_of_stock' };
      if (broken.has('refusal without a fence')) return answer(tombstone);
      return answer(
        await ask('catalog fences', (world) => {
          const stored = world.reservations[orderId];
          return stored ? [world, stored] : [inStock(world, orderId, 0, tombstone), tombstone];
        }),
      );
    },

    async release(ask: Ask, orderId: string): Promise<void> {
      await ask('catalog releases', (world) => {
        const stored = world.reservations[orderId];
        const released: StoredReservation = { status: 'released', quantity: stored?.quantity ?? 0, reason: 'released' };
        if (broken.has('release without a tombstone')) {
          const { [orderId]: gone, ...reservations } = world.reservations;
          const moved = gone?.status === 'held' ? gone.quantity : 0;
          return [{ ...world, available: world.available + moved, reservations }, undefined];
        }
        const isHeld = stored && (stored.status === 'held' || broken.has('release without a look at what is held'));
        if (stored && !isHeld) return [world, undefined];
        return [inStock(world, orderId, stored?.quantity ?? 0, released), undefined];
      });
    },
  };
}

/** The payment service's side, and the gateway behind it. */
export function payment(broken: Broken) {
  const record = (world: World, orderId: string, stored: StoredPayment): World => ({
    ...world,
    payments: { ...world.payments, [orderId]: stored },
  });
  const asReply = ({ status }: StoredPayment): ChargeReply => {
    if (status === 'succeeded') return { status, chargeId: 'charge' };
    return status === 'declined' ? { status, reason: 'card_declined' } : { status: 'fenced' };
  };

  return {
    async charge(ask: Ask, orderId: string, amountMinor: number, method: boolean): Promise<ChargeReply> {
      const intent = await ask('payment intends', (world) => {
        const stored = world.payments[orderId];
        if (stored && !broken.has('intent without its condition')) return [world, stored];
        const intended: StoredPayment = { status: 'intended', amountMinor };
        return [record(world, orderId, intended), intended];
      });
      return asReply(intent.status === 'intended' ? await settle(ask, orderId, amountMinor, method) : intent);
    },

    async refund(ask: Ask, orderId: string, method: boolean): Promise<void> {
      let stored = await ask('payment voids', (world): [World, StoredPayment] => {
        const known = world.payments[orderId];
        if (known || broken.has('refund without voiding')) return [world, known ?? { status: 'voided' }];
        return [record(world, orderId, { status: 'voided' }), { status: 'voided' }];
      });
      const { amountMinor = 0 } = stored;
      if (stored.status === 'intended') stored = await settle(ask, orderId, amountMinor, method);
      if (stored.status !== 'succeeded') return;
      await ask('gateway refunds', (world) => {
        const key = broken.has('refund without its key') ? `${orderId} ${world.refunds.length}` : orderId;
        const known = world.refunds.some((refund) => refund.key === key);
        return [known ? world : { ...world, refunds: [...world.refunds, { key, orderId, amountMinor }] }, undefined];
      });
      await ask('payment records the refund', (world) => {
        const { [orderId]: known } = world.payments;
        return [known?.status === 'succeeded' ? record(world, orderId, { ...known, status: 'refunded' }) : world, 0];
      });
    },
  };

  async function settle(ask: Ask, orderId: string, amountMinor: number, method: boolean): Promise<StoredPayment> {
    const charge = await ask('gateway charges', (world): [World, Charge | undefined] => {
      const key = broken.has('charge without its key') ? `${orderId} ${world.charges.length}` : orderId;
      const known = world.charges.find((made) => made.key === key);
      if (known && !(broken.has('decline forgotten by the gateway') && !known.succeeded)) return [world, known];
      if (!method) return [world, undefined];
      const made = { key, orderId, amountMinor, succeeded: world.gatewayApproves || known !== undefined };
      return [{ ...world, charges: [...world.charges, made] }, made];
    });
    if (!charge) throw new Error('the gateway wants a payment method');
    return ask('payment records the charge', (world) => {
      const known = world.payments[orderId];
      if (known?.status !== 'intended') return [world, known ?? { status: 'voided' }];
      const settled: StoredPayment = { ...known, status: charge.succeeded ? 'succeeded' : 'declined' };
      return [record(world, orderId, settled), settled];
    });
  }
}
