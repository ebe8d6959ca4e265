import { randomInt } from 'node:crypto';

const letters = 'abcdefghijklmnopqrstuvwxyz234567';

export function newOrderId(): string {
  return `ord_${Array.from({ length: 26 }, () => letters[randomInt(32)]).join('')}`;
}
