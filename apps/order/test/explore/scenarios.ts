import { orderIdOf } from '../../src/order-id.ts';
import type { Scenario } from './explore.ts';
import type { Mutant } from './mutants.ts';

const wants = (customerId: string) => ({
  customerId,
  idempotencyKey: 'key',
  input: { lines: [{ sku: 'MUG', quantity: 1 }], paymentMethod: 'pm_approve' },
});
const own = (customerId: string) => ({ customerId, orderId: orderIdOf(customerId, 'key') });

const plain: Scenario = {
  name: 'an order',
  stock: 1,
  gatewayApproves: true,
  requests: [wants('ada')],
  cancellations: [],
  recoveries: 1,
  faults: 1,
};
const declined: Scenario = { ...plain, name: 'a declined order', gatewayApproves: false };
const repeated: Scenario = { ...plain, name: 'one key twice', requests: [wants('ada'), wants('ada')] };
const cancelled: Scenario = { ...plain, name: 'a cancelled order', cancellations: [own('ada')] };
const quietlyCancelled: Scenario = { ...cancelled, faults: 0 };
const lastUnit: Scenario = { ...plain, name: 'two orders on the last unit', requests: [wants('ada'), wants('bob')] };
const lastUnitDeclined: Scenario = {
  ...lastUnit,
  name: 'two declined orders on the last unit',
  gatewayApproves: false,
};
const undisturbed: Scenario = {
  ...plain,
  name: 'own writes repeated',
  recoveries: 0,
  faults: 2,
  faultKinds: ['twice'],
  undisturbed: true,
};

/** Small enough to visit every state. */
export const everyState: readonly Scenario[] = [
  { ...plain, name: 'an order, three runners', recoveries: 2, faults: 2 },
  { ...declined, name: 'a declined order, three runners', recoveries: 2 },
  { ...repeated, faults: 2 },
  cancelled,
  { ...cancelled, name: 'a cancelled and declined order', gatewayApproves: false },
  { ...cancelled, name: 'an order cancelled twice', cancellations: [own('ada'), own('ada')], faults: 0 },
  lastUnit,
  lastUnitDeclined,
  undisturbed,
];

/** Too large for that: sampled by walks. */
export const sampled: readonly Scenario[] = [true, false].map((gatewayApproves) => ({
  name: `two orders on the last unit, repeated and cancelled, ${gatewayApproves ? 'approved' : 'declined'}`,
  stock: 1,
  gatewayApproves,
  requests: [wants('ada'), wants('bob'), wants('ada')],
  cancellations: [own('ada'), own('bob'), own('ada')],
  recoveries: 3,
  faults: 4,
}));

/** For each mutant a scenario that shows it. */
export const revealing: Record<Mutant, Scenario> = {
  'order put without its condition': repeated,
  'own write not recognised': undisturbed,
  'order saved without its version': plain,
  'lease without the due time it saw': { ...plain, recoveries: 2 },
  'cancellation ignored at the start of a pass': quietlyCancelled,
  'cancellation ignored throughout': quietlyCancelled,
  'index left before the release is done': declined,
  'outcome not recorded': plain,
  'outcome recorded twice': quietlyCancelled,
  'payment method kept after closing': plain,
  'payment method dropped while a charge is open': quietlyCancelled,
  'reservation without its condition': { ...plain, stock: 2 },
  'hold without a look at what is available': lastUnit,
  'refusal without a fence': lastUnitDeclined,
  'release without a look at what is held': declined,
  'release without a tombstone': declined,
  'intent without its condition': plain,
  'refund without voiding': quietlyCancelled,
  'charge without its key': plain,
  'refund without its key': quietlyCancelled,
  'decline forgotten by the gateway': declined,
};
