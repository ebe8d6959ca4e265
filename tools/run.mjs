// Behind each npm script: installs what is missing, then runs a file of the tools on the repository's own Node.
// It is plain JavaScript without dependencies, because on a fresh clone the machine's Node, 20 or newer, has to run it.
import { spawn, spawnSync } from 'node:child_process';
import { basename, delimiter, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installState } from './install-stamp.mjs';

const OLDEST_NODE = 20;
const root = fileURLToPath(new URL('..', import.meta.url));
const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

const major = Number(process.versions.node.split('.')[0]);
if (major < OLDEST_NODE) stop(`fargate-shop needs Node ${OLDEST_NODE} or newer to start; this is ${process.version}.`);
const state = installState(root);
if (state !== 'current') install(state);
run(process.argv.slice(2));

/** Writes to standard error only: standard output belongs to the script, such as a token. */
function install(why) {
  const reason = why === 'missing' ? 'node_modules is missing or incomplete' : 'package-lock.json has changed';
  const startedAt = Date.now();
  tell(`Installing dependencies, because ${reason}. This takes about half a minute...`);
  const args = ['ci', '--loglevel=error', '--include=dev', '--ignore-scripts=false'];
  // npm must not run on the Node that it is about to replace.
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.endsWith(`node_modules${sep}.bin`));
  const env = { ...process.env, PATH: path.join(delimiter) };
  const npm = process.env.npm_execpath ?? '';
  const [command, ...before] = basename(npm) === 'npm-cli.js' ? ['node', npm] : ['npm'];
  const shell = process.platform === 'win32';
  const { status } = spawnSync(command, [...before, ...args], { cwd: root, env, shell, stdio: ['ignore', 2, 2] });
  if (status !== 0) stop('The installation failed: the lines above say why. Then try again.');
  if (installState(root) !== 'current')
    stop('npm left the installation incomplete: run npm ci and look at its output.');
  tell(`Installed in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
}

/** Each signal is passed on, and the child's end, by code or by signal, becomes the end of this process. */
function run(args) {
  const child = spawn(node, args, { stdio: 'inherit' });
  child.on('error', (error) => stop(`${node} does not start: ${error.message}`));
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    for (const each of signals) process.removeAllListeners(each);
    if (signal) process.kill(process.pid, signal);
    else process.exitCode = code;
  });
}

function tell(line) {
  process.stderr.write(`${line}\n`);
}

function stop(line) {
  tell(line);
  process.exit(1);
}
