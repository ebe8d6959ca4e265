import { createHash } from 'node:crypto';
import type { OrderInput } from '@shop/contracts/order';

const ID_LENGTH = 26;

/**
 * The id of the order that a customer asks for under a key. The order is thereby its own idempotency record: a repeat
 * arrives at the same item, and another customer's equal key does not.
 */
export function orderIdOf(customerId: string, idempotencyKey: string): string {
  return `ord_${base32(sha256(`${customerId}\0${idempotencyKey}`)).slice(0, ID_LENGTH)}`;
}

/** Equal for requests that ask for the same: the order of lines and of members does not count. */
export function requestHashOf({ lines, paymentMethod }: OrderInput): string {
  const sorted = lines.map(({ sku, quantity }) => [sku, quantity] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  return sha256(JSON.stringify([sorted, paymentMethod])).toString('base64url');
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** RFC 4648 in lower case, without padding. */
function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET.charAt(Number.parseInt(five, 2))).join('');
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
