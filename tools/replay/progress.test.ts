import { PassThrough } from 'node:stream';
import { expect, test } from '@jest/globals';
import { startProgress } from './progress.ts';

function linesOf(total: number): string {
  const stream = new PassThrough();
  const progress = startProgress('orders', total, stream as unknown as NodeJS.WriteStream);
  for (let done = 0; done < total; done += 1) progress.tick();
  progress.done();
  return stream.read()?.toString() ?? '';
}

test('a log gets ten lines, however much there is to do', () => {
  expect(linesOf(23_457).split('\n').filter(Boolean)).toHaveLength(10);
  expect(linesOf(23_457)).toMatch(/orders 23457\/23457\n$/);
});

test('few steps are one line each, and none is silent', () => {
  expect(linesOf(3)).toBe('orders 1/3\norders 2/3\norders 3/3\n');
  expect(linesOf(0)).toBe('');
});
