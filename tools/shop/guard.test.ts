import { spawn } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';

/** A runner with a part; both write to the same standard output, which ends when neither lives any more. */
const runner = (end: string) => `
  import { spawn } from 'node:child_process';
  import { startGuard } from ${JSON.stringify(import.meta.resolve('./guarded.ts'))};
  const part = "process.on('SIGTERM', () => { console.log('asked to stop'); process.exit(); }); console.log('up'); setInterval(() => {}, 1e6);";
  const guard = startGuard();
  const child = spawn(process.execPath, ['-e', part], { detached: true, stdio: ['ignore', 'inherit', 'ignore', 'pipe'] });
  guard.watch(child.pid);
  ${end}
  setInterval(() => {}, 1e6);
`;

function run(end: string) {
  return spawn(process.execPath, ['--input-type=module', '--eval', runner(end)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

describe('the guard of the shop', () => {
  test('stops what a runner that was killed hard has left behind', async () => {
    const child = run('');
    let output = '';
    for await (const chunk of child.stdout) {
      output += chunk;
      if (output === 'up\n') child.kill('SIGKILL');
    }
    expect(output).toBe('up\nasked to stop\n');
  });

  test('leaves everything alone once it is released', async () => {
    const child = run(`
      await guard.release();
      console.log('released');
      child.kill('SIGKILL');
      process.exit();
    `);
    const output = (await child.stdout.toArray()).join('');
    expect(output).toContain('released');
    expect(output).not.toContain('asked to stop');
  });
});
