import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';

/** Runs the code as the main function of a process of its own, which something keeps alive. */
function run(main: string) {
  const from = JSON.stringify(import.meta.resolve('./run-main.ts'));
  const code = `import { runMain } from ${from}; setInterval(() => {}, 1000); runMain(async () => { ${main} });`;
  const args = ['--input-type=module', '--eval', code];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 20_000 });
  return { status, stderr };
}

test('a failure at the start is its message on standard error, and exit code 1', () => {
  expect(run(`throw new Error('ORDERS_TABLE is not set');`)).toEqual({
    status: 1,
    stderr: 'ORDERS_TABLE is not set\n',
  });
});

test('a mistake in the code comes with its stack', () => {
  const { status, stderr } = run('undefined.port;');
  expect(status).toBe(1);
  expect(stderr).toMatch(/^TypeError: Cannot read properties of undefined.*\n +at /);
});
