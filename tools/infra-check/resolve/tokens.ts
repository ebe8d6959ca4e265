import type { Json } from './json.ts';

/**
 * What only AWS knows, such as the id of a VPC, is a token: `<network/Vpc>` for its Ref, `<network/Vpc.CidrBlock>` for an
 * attribute, with the stack and the logical id. Tokens are strings, so they pass through Sub, Join, outputs and parameters
 * into other stacks, and rules can follow them back to the resource.
 */
export type Token = { stack: string; id: string; attribute: string | undefined };

const PATTERN = '<([\\w-]+)/(\\w+)(?:\\.([\\w.]+))?>';

export function tokenFor(stack: string, id: string, attribute?: string): string {
  return attribute === undefined ? `<${stack}/${id}>` : `<${stack}/${id}.${attribute}>`;
}

/** Each token inside a text. */
export function tokensIn(text: string): Token[] {
  return [...text.matchAll(new RegExp(PATTERN, 'g'))].map(([, stack = '', id = '', attribute]) => ({
    stack,
    id,
    attribute,
  }));
}

/** Each token inside a value, however deep. */
export function tokensWithin(value: Json | undefined): Token[] {
  if (typeof value === 'string') return tokensIn(value);
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(tokensWithin);
}

export function hasToken(text: string): boolean {
  return new RegExp(PATTERN).test(text);
}
