import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { checkBuildTag, checkTag } from './build-tag.ts';

let folder: string;
let commit: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'build-tag-'));
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim();
  git('init', '--quiet');
  git('-c', 'user.name=t', '-c', 'user.email=t@shop.test', 'commit', '--quiet', '--allow-empty', '--message', 'Begin');
  commit = git('rev-parse', 'HEAD');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the tag of a deployment', () => {
  test.each(['0a1b2c3', 'TEST', 'v1.2.3'])('can be %s', (tag) => {
    expect(() => checkTag(tag)).not.toThrow();
  });

  test.each([
    ['latest', /names no build/],
    ['a tag', /is no tag/],
    ['@sha256:00', /is no tag/],
  ])('is never %s', (tag, reason) => {
    expect(() => checkTag(tag)).toThrow(reason);
  });
});

describe('the tag of a build', () => {
  test('is the commit that is checked out, whole or short, or says by itself that it is none', () => {
    for (const tag of [commit, commit.slice(0, 7), 'TEST']) expect(() => checkBuildTag(folder, tag)).not.toThrow();
  });

  test('is never another commit', () => {
    const other = commit.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
    expect(() => checkBuildTag(folder, other)).toThrow(`${commit} is checked out`);
  });

  test('is never a commit with changes', () => {
    writeFileSync(join(folder, 'change'), '');
    expect(() => checkBuildTag(folder, commit)).toThrow(/does not hold/);
    expect(() => checkBuildTag(folder, 'TEST')).not.toThrow();
  });
});
