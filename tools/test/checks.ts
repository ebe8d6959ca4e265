import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from '../floors/source-tree.ts';

type RunReport = { tasks: { taskId: string; status: number }[] };

/** Runs lint, type checks and tests through Nx. Resolves to the ids of the tasks that did not pass, such as `@shop/order:test`. */
export async function runChecks(root: string, projects: readonly Project[]): Promise<string[]> {
  const report = join(root, '.nx/cache/run.json');
  rmSync(report, { force: true });
  const ci = process.env.CI ? ['--skip-nx-cache', '--output-style=static'] : [];
  const targets = ['run-many', '--targets=lint,typecheck,test', '--parallel=2', '--nxBail=false'];
  const child = spawn(process.execPath, [join(root, 'node_modules/nx/dist/bin/nx.js'), ...targets, ...ci], {
    cwd: root,
    env: { ...process.env, NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await once(child, 'exit');

  const expected = ['fargate-shop:lint', ...projects.flatMap(({ name }) => [`${name}:typecheck`, `${name}:test`])];
  const passed = new Set(readReport(report).tasks.flatMap(({ taskId, status }) => (status === 0 ? [taskId] : [])));
  return expected.filter((task) => !passed.has(task));
}

/** Nx writes what became of each task; a run that did not get so far has passed nothing. */
function readReport(file: string): RunReport {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { tasks: [] };
  }
}
