import { expect, test } from '@jest/globals';
import { faultOfBooks, requireBooksOf } from './books.ts';

test.each<[string, Record<string, string>]>([
  ['http://localhost:8080', {}],
  ['http://127.0.0.1:8080', {}],
  ['https://shop.example', { GATEWAY_URL: 'https://gateway.example' }],
  ['http://localhost:9090', { AWS_ENDPOINT_URL_DYNAMODB: 'http://localhost:9000' }],
])('the books of %s are known with %j', (baseUrl, environment) => {
  expect(() => requireBooksOf(baseUrl, environment)).not.toThrow();
});

test.each(['https://shop.example', 'https://localhost.example:8080', 'http://localhost:9090', 'nonsense'])(
  'a replay against %s is refused where nobody says whose books to look at',
  (baseUrl) => {
    expect(() => requireBooksOf(baseUrl, { GATEWAY_URL: '' })).toThrow(
      /^set AWS_ENDPOINT_URL_DYNAMODB or GATEWAY_URL: .+$/,
    );
  },
);

test.each([
  [0, undefined],
  [1, /do not balance/],
  [2, /undecided/],
  [3, /could not run/],
  [null, /could not run/],
])('exit code %s of reconcile has words of its own', (exitCode, words) => {
  const fault = faultOfBooks(exitCode);
  if (words) expect(fault).toMatch(words);
  else expect(fault).toBeUndefined();
});
