import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { behaviourOf, tokens, tokenTable } from './tokens.ts';

describe('a payment method', () => {
  test.each(Object.keys(tokens))('%s may carry an ending of the caller', (token) => {
    expect(behaviourOf(token)).toBe(tokens[token]);
    expect(behaviourOf(`${token}_4f2a`)).toBe(tokens[token]);
  });

  test.each(['pm_', 'pm_approved', 'pm_slower', 'approve', '4242424242424242', ''])(
    'that is no token of the sandbox is declined: "%s"',
    (method) => {
      expect(behaviourOf(method).declines).toBe('method_unknown');
    },
  );
});

test("the README's table is the code's", () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  expect(readme).toContain(tokenTable());
});
