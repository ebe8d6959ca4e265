import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

/** Stands for npm: "installs" this Node and stamps the installation as the postinstall script does. */
const npm = (root: string) => `
  const { mkdirSync, symlinkSync, rmSync } = require('node:fs');
  console.log('npm ' + process.argv.slice(2).join(' '));
  rmSync('node_modules', { recursive: true, force: true });
  mkdirSync('node_modules/node/bin', { recursive: true });
  symlinkSync(${JSON.stringify(process.execPath)}, 'node_modules/node/bin/node');
  import(${JSON.stringify(join(root, 'tools/install-stamp.mjs'))}).then(({ stampInstall }) => stampInstall('.'));
`;

describe('the launcher of the npm scripts', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'run-'));
    mkdirSync(join(root, 'tools'));
    for (const file of ['run.mjs', 'install-stamp.mjs']) {
      cpSync(join(import.meta.dirname, file), join(root, 'tools', file));
    }
    write('package-lock.json', '{}');
    write('npm-cli.js', npm(root));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function write(file: string, content: string): void {
    writeFileSync(join(root, file), content);
  }

  function start(...args: string[]) {
    const env = { ...process.env, npm_execpath: join(root, 'npm-cli.js') };
    return spawn(process.execPath, ['tools/run.mjs', ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  async function run(...args: string[]) {
    const child = start(...args);
    const ended = new Promise<number | NodeJS.Signals | null>((resolve) =>
      child.once('exit', (code, signal) => resolve(signal ?? code)),
    );
    const [stdout, stderr, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    return { stdout, stderr, status };
  }

  test('installs in a fresh clone, says so on standard error only, and runs the file', async () => {
    write('hello.ts', 'const name: string = process.argv.slice(2).join("+");\nconsole.log(name);\n');
    const { stdout, stderr, status } = await run('hello.ts', '--customer', 'a b');
    expect({ stdout, status }).toEqual({ stdout: '--customer+a b\n', status: 0 });
    expect(stderr).toMatch(/^Installing dependencies, because node_modules is missing/);
    expect(stderr).toContain('npm ci --loglevel=error');
  });

  test('installs once, and again only when the lock has changed', async () => {
    write('hello.ts', '');
    await run('hello.ts');
    expect((await run('hello.ts')).stderr).toBe('');
    write('package-lock.json', '{ "changed": true }');
    expect((await run('hello.ts')).stderr).toContain('because package-lock.json has changed');
  });

  test('stops with one line when npm fails', async () => {
    write('npm-cli.js', 'process.exit(7)');
    const { stderr, status } = await run('hello.ts');
    expect(status).toBe(1);
    expect(stderr).toContain('The installation failed');
  });

  test('stops when npm left the installation incomplete, instead of trying for ever', async () => {
    write('npm-cli.js', '');
    expect(await run('hello.ts')).toMatchObject({ status: 1, stderr: expect.stringContaining('incomplete') });
  });

  test('ends as the script ends: by its code or by its signal', async () => {
    write('fail.ts', 'process.exit(3);');
    write('die.ts', "process.kill(process.pid, 'SIGKILL');");
    expect((await run('fail.ts')).status).toBe(3);
    expect((await run('die.ts')).status).toBe('SIGKILL');
  });

  test('passes a signal on and waits until the script has dealt with it', async () => {
    write(
      'wait.ts',
      "process.on('SIGTERM', () => process.exit(5));\nconsole.log('ready');\nsetInterval(() => {}, 1e6);\n",
    );
    const child = start('wait.ts');
    child.stdout.once('data', () => child.kill('SIGTERM'));
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(5);
  });
});
