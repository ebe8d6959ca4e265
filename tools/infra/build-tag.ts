import { execFileSync } from 'node:child_process';

/** Throws for a tag that may come to name another build: what a service runs has to stay what was deployed. */
export function checkTag(tag: string): void {
  if (tag === 'latest') throw new Error('The tag latest names no build: give a commit, or another tag that stays.');
  if (!/^\w[\w.-]{0,127}$/.test(tag)) throw new Error(`"${tag}" is no tag: letters, digits, _, . and - only.`);
}

/** Before a build: a tag that looks like a commit has to be the one that is checked out, without changes to it. */
export function checkBuildTag(root: string, tag: string): void {
  if (!/^[0-9a-f]{7,40}$/.test(tag)) return;
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
  const commit = git('rev-parse', 'HEAD');
  if (!commit.startsWith(tag))
    throw new Error(`There is no image ${tag}, and ${commit} is checked out: check ${tag} out to build it.`);
  if (git('status', '--porcelain') !== '')
    throw new Error(`There are changes that the commit ${tag} does not hold: commit them, or give another tag.`);
}
