import { expect, test } from '@jest/globals';
import { createTimeline } from './timeline.ts';

test('a timeline tells what happened, when, and how the load had fared', () => {
  const lines: string[] = [];
  let [time, requests, failed] = [5000, 0, 0];
  const { tell, seconds } = createTimeline({
    counts: () => ({ requests, failed }),
    print: (line) => lines.push(line),
    now: () => time,
  });
  tell('load', 'begins');
  [time, requests, failed] = [17_340, 1234, 5];
  tell('catalog-1', 'SIGTERM');
  expect(lines.map((line) => line.trim().split(/\s{2,}/))).toEqual([
    ['0.0 s', 'load', 'begins', '0 requests, 0 failed'],
    ['12.3 s', 'catalog-1', 'SIGTERM', '1,234 requests, 5 failed'],
  ]);
  expect(lines[0]?.indexOf('requests')).toBe(lines[1]?.indexOf('requests'));
  expect(seconds()).toBeCloseTo(12.34);
});
