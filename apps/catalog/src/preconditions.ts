import { etagOf, type StoredProduct } from './product.ts';

/** What a writer expects to find (RFC 9110, section 13): no product, any product, or one of these versions. */
export type Expectation = 'none' | 'any' | ReadonlySet<number>;

type ConditionalHeaders = { 'if-match'?: string | undefined; 'if-none-match'?: string | undefined };

/**
 * Undefined when the writer does not say. `If-None-Match` is understood as `*` only; sent together with `If-Match` it
 * contradicts it, and nothing meets both. A tag that is not ours, or a weak one, matches no version.
 */
export function expectationIn(headers: ConditionalHeaders): Expectation | undefined {
  const match = headers['if-match']?.trim();
  const none = headers['if-none-match']?.trim() === '*';
  if (match === undefined) return none ? 'none' : undefined;
  if (none) return new Set();
  return match === '*' ? 'any' : new Set(tagsIn(match).flatMap(versionOf));
}

/** A deleted product counts as absent. */
export function meets(product: StoredProduct | undefined, expected: Expectation): boolean {
  if (!product?.active) return expected === 'none';
  if (expected === 'none') return false;
  return expected === 'any' || expected.has(product.version);
}

/** Whether a reader that sends `If-None-Match` has this state already, by the weak comparison that RFC 9110 asks for. */
export function isKnown(product: StoredProduct, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false;
  const tag = etagOf(product);
  return ifNoneMatch.trim() === '*' || tagsIn(ifNoneMatch).some((known) => known.replace(/^W\//, '') === tag);
}

function tagsIn(header: string): string[] {
  return header.split(',').map((tag) => tag.trim());
}

function versionOf(tag: string): number[] {
  const version = /^"(\d{1,15})-\d{1,15}"$/.exec(tag)?.[1];
  return version === undefined ? [] : [Number(version)];
}
