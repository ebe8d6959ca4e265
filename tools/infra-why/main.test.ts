import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const fixture = (id: string) => join(import.meta.dirname, 'fixtures', `${id}.json`);
const why = (args: string[], input = '') =>
  spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], { input, encoding: 'utf8' });
const lines = ['by-hand', 'no-route']
  .map((id) => JSON.stringify(JSON.parse(readFileSync(fixture(id), 'utf8'))))
  .join('\n');
const taskIn = (id: string): string => JSON.parse(readFileSync(fixture(id), 'utf8')).detail.taskArn;

describe('npm run infra:why', () => {
  test('reads a file', () => {
    const { stdout, status } = why(['--event', fixture('no-route')]);
    expect(stdout).toContain('CAUSE  no-route');
    expect(status).toBe(0);
  });

  test('reads standard input, and tells of one task by its ARN or id', () => {
    for (const task of [taskIn('by-hand'), taskIn('by-hand').replace(/^.*\//, '')]) {
      const { stdout } = why(['--task', task], lines);
      expect(stdout).toContain('expected  by-hand');
      expect(stdout).not.toContain('no-route');
    }
  });

  test('tells of as many tasks as it is asked for', () => {
    expect(why([], lines).stdout.match(/^ {2}fix/gm)).toHaveLength(2);
    expect(why(['--last', '1'], lines).stdout.match(/^ {2}fix/gm)).toHaveLength(1);
  });

  test('ends with 1 when there is no such task, and with 2 when it cannot read', () => {
    expect(why(['--task', 'none'], lines).status).toBe(1);
    expect(why([], 'Unable to locate credentials').status).toBe(2);
    expect(why(['--last', 'few'], lines).stderr).toContain('--last is "few"');
  });
});
