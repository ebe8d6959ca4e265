import { expect, test } from '@jest/globals';
import { readConfig, timingOf } from './config.ts';

const needed = {
  CATALOG_URL: 'http://catalog',
  PAYMENT_URL: 'http://payment',
  JWT_ISSUER: 'https://issuer',
  JWT_AUDIENCE: 'shop',
  JWKS_URL: 'https://issuer/keys',
};

test('the shipped timings are those that the service was designed and tested with', () => {
  const config = readConfig(needed);
  expect(config.ORDERS_TABLE).toBe('orders');
  expect(timingOf(config)).toEqual({
    leaseMs: 5000,
    passBudgetMs: 4000,
    answerBudgetMs: 2500,
    recoveryIntervalMs: 1000,
    recoveryPoolSize: 32,
    backoffBaseMs: 200,
    backoffCapMs: 20_000,
    parkedRetryMs: 600_000,
    drainMs: 20_000,
  });
});

test('a pass must fit into its lease', () => {
  expect(() => readConfig({ ...needed, LEASE_MS: '300' })).toThrow('PASS_BUDGET_MS');
});

test('what is missing is named', () => {
  expect(() => readConfig({})).toThrow('CATALOG_URL');
});
