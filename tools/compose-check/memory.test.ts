import { expect, test } from '@jest/globals';
import { bytesOf } from './memory.ts';

test.each([
  ['76.75MiB / 512MiB', 80_478_208],
  ['1.5GiB / 4GiB', 1_610_612_736],
  ['912KiB / 64MiB', 933_888],
])('docker stats says %s', (usage, bytes) => {
  expect(bytesOf(usage)).toBe(bytes);
});

test('what is no figure is not taken for nothing', () => {
  expect(() => bytesOf('-- / --')).toThrow('not a memory figure');
});
