import { expect, test } from '@jest/globals';
import { readSince } from './since.ts';

const now = Date.parse('2026-03-02T12:00:00Z');

test.each([
  ['30m', '2026-03-02T11:30:00.000Z'],
  ['2h', '2026-03-02T10:00:00.000Z'],
  ['3d', '2026-02-27T12:00:00.000Z'],
  ['2026-03-01T08:00Z', '2026-03-01T08:00:00.000Z'],
])('since %s is %s', (text, time) => {
  expect(new Date(readSince(text, now)).toISOString()).toBe(time);
});

test.each(['', '2 hours', '5w', 'yesterday'])('since "%s" is refused with what it should be like', (text) => {
  expect(() => readSince(text, now)).toThrow(/should be like 30m, 2h, 3d/);
});
