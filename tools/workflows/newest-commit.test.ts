import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { objectsAt, textAt } from '../infra-check/resolve/json.ts';
import { root } from '../infra-contracts/shop.fixture.ts';
import { readWorkflows } from './read-workflows.ts';
import { jobsOf } from './workflow-faults.ts';

const release = readWorkflows(root).find(({ file }) => file.endsWith('/release.yml'));
const steps = objectsAt(jobsOf(release?.body ?? {})[0]?.[1] ?? {}, 'steps');
const check = steps.findIndex((step) => textAt(step, 'id') === 'newest');
const onPush = `\${{ github.event_name == 'push' }}`;

describe('a release that waited while a later commit was merged', () => {
  const folder = mkdtempSync(join(tmpdir(), 'newest-'));
  const newest = join(folder, '.data/newest');
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', newest, '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
      encoding: 'utf8',
    }).trim();
  const runWith = (commit: string) =>
    spawnSync('bash', ['-e', '-c', textAt(steps[check], 'run') ?? ''], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, GITHUB_SHA: commit },
    });
  let [older, later] = ['', ''];
  beforeAll(() => {
    mkdirSync(newest, { recursive: true });
    git('init', '--quiet');
    git('commit', '--quiet', '--allow-empty', '--message=older');
    older = git('rev-parse', 'HEAD');
    git('commit', '--quiet', '--allow-empty', '--message=later');
    later = git('rev-parse', 'HEAD');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is refused, and the later one is not', () => {
    expect(runWith(later)).toMatchObject({ status: 0, stdout: '' });
    expect(runWith(older)).toMatchObject({ status: 1, stdout: expect.stringContaining(`${later} was merged since`) });
  });

  test('is compared with what the branch has by then, before anything is built or deployed', () => {
    const [fetched, before] = [steps[check - 1], steps.slice(0, check)];
    expect(textAt(fetched, 'uses')).toMatch(/^actions\/checkout@/);
    expect([textAt(fetched, 'with', 'ref'), textAt(fetched, 'with', 'path')]).toEqual([
      `\${{ github.ref }}`,
      '.data/newest',
    ]);
    expect([textAt(fetched, 'if'), textAt(steps[check], 'if')]).toEqual([onPush, onPush]);
    expect(before.filter((step) => textAt(step, 'run') !== undefined)).toEqual([]);
  });
});
