import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readTasks } from './read-tasks.ts';

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

  test('tells of one service', () => {
    const [task] = readTasks(readFileSync(fixture('no-route'), 'utf8'));
    const service = task?.group.split('-').at(-1) ?? '';
    expect(why(['--event', fixture('no-route'), '--service', service]).status).toBe(0);
    expect(why(['--event', fixture('no-route'), '--service', 'nobody']).status).toBe(1);
  });

  test('asks CloudWatch Logs for a profile that there is, and gives up with a sentence when nothing answers', () => {
    expect(why(['--profile', 'staging']).stderr).toContain('should be workshop or production');
    expect(why(['--since', '1h'], lines).stderr).toContain('goes with --profile only');
    const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_REGION: 'us-east-1', AWS_MAX_ATTEMPTS: '1' };
    const keys = { AWS_ACCESS_KEY_ID: 'none', AWS_SECRET_ACCESS_KEY: 'none' };
    const { stderr, status } = spawnSync(
      process.execPath,
      [join(import.meta.dirname, 'main.ts'), '--profile', 'workshop'],
      {
        encoding: 'utf8',
        env: { ...process.env, ...env, ...keys },
      },
    );
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/^\/aws\/events\/fargate-shop-workshop could not be read: /),
    ]);
  });
});
