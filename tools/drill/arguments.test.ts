import { describe, expect, test } from '@jest/globals';
import { readArguments } from './arguments.ts';

describe('the drill by hand', () => {
  test('runs all modes with 20,000 requests unless told otherwise', () => {
    expect(readArguments([])).toEqual({
      modes: ['deploy', 'stop-task', 'no-delay'],
      requests: 20_000,
      concurrency: 12,
      build: true,
      keep: false,
    });
    expect(readArguments(['--mode', 'stop-task', '--requests', '100000', '--no-build', '--keep'])).toEqual({
      modes: ['stop-task'],
      requests: 100_000,
      concurrency: 12,
      build: false,
      keep: true,
    });
    expect(readArguments(['--help'])).toBeUndefined();
  });

  test.each([
    [['--mode', 'reboot'], 'There is no mode "reboot", only deploy, stop-task, no-delay.'],
    [['--requests', 'many'], '--requests is "many", and should be a number above 0.'],
    [['--concurrency', '0'], '--concurrency is "0", and should be a number above 0.'],
  ])('refuses %j in one sentence', (args, sentence) => {
    expect(() => readArguments(args)).toThrow(sentence);
  });
});
