import type { ReservationStore } from './reservation-store.ts';

/** `returned`: units went back into stock. `fenced`: nothing was held. `repeated`: that was settled before. */
export type Released = 'returned' | 'fenced' | 'repeated';

/** Afterwards nothing is held for the order, and nothing ever will be: a tombstone stays. */
export async function release(orderId: string, reservations: ReservationStore, deadlineAt: number): Promise<Released> {
  const standing = await reservations.read(orderId, deadlineAt);
  if (standing?.status === 'released') return 'repeated';
  const found = standing ?? (await reservations.fence(orderId, { reason: 'released', shortLines: [] }, deadlineAt));
  if (found.status === 'released') return 'fenced';
  return (await reservations.release(found, deadlineAt)) ? 'returned' : 'repeated';
}
