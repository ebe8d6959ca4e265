import { ProblemError } from '@shop/contracts/problem';
import { keyReused } from './errors.ts';

/**
 * A key names the reference it belongs to, so that one key can never stand for two references and the ledger needs no
 * second table to know that.
 */
export function keyFor(reference: string, headers: { 'idempotency-key': string }): string {
  const key = headers['idempotency-key'];
  if (key === reference || key.startsWith(`${reference}:`)) return key;
  throw new ProblemError(keyReused, { detail: `The key does not belong to the reference ${reference}.` });
}
