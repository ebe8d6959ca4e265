import type { Answer } from './customer.ts';

/** Where the Link header of a page leads (RFC 8288); undefined on the last one. */
export function nextOf({ headers }: Answer<unknown>): string | undefined {
  return /^<(.+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
}
