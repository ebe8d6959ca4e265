import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { complaint, type Ended, INSTALL_DEADLINE_MS, runTool } from './run-tool.ts';
import { toolFolder } from './tool-folder.ts';

const REQUIREMENTS = join(import.meta.dirname, 'requirements.txt');
const OLDEST = [3, 11];
const HOW = 'On Debian and Ubuntu: apt-get install python3 python3-venv.';
const WHAT = `cfn-lint and moto need Python ${OLDEST.join('.')} or newer with venv`;

/**
 * The Python of a virtual environment that has what requirements.txt pins; it is made when there is none for these pins and
 * this Python. Rejects with a sentence that says what to install.
 */
export async function ensurePython(tell: (line: string) => void, python = 'python3'): Promise<string> {
  const version = await versionOf(python);
  const pins = readFileSync(REQUIREMENTS, 'utf8');
  const folder = await toolFolder('python', `${version}\n${pins}`, async (made) => {
    tell('Installing cfn-lint and moto into a virtual environment, once for these versions...');
    mustEndWell(await runTool(python, ['-m', 'venv', made]), `${WHAT}, and venv does not work here. ${HOW}`);
    const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', REQUIREMENTS];
    const ended = await runTool(pythonIn(made), install, { deadlineMs: INSTALL_DEADLINE_MS });
    mustEndWell(ended, 'pip could not install tools/infra-lint/requirements.txt: is its package index within reach?');
  });
  return pythonIn(folder);
}

async function versionOf(python: string): Promise<string> {
  const ask = 'import sys; print(sys.executable, *sys.version_info[:2])';
  const answer = await runTool(python, ['-c', ask]).catch(() => undefined);
  if (answer?.code !== 0) throw new Error(`${WHAT}, and there is no ${python} on the PATH. ${HOW}`);
  const [major = 0, minor = 0] = answer.stdout.trim().split(' ').slice(-2).map(Number);
  if (major !== OLDEST[0] || minor < Number(OLDEST[1]))
    throw new Error(`${WHAT}, and ${python} is ${major}.${minor}. ${HOW}`);
  return answer.stdout.trim();
}

/** Not through the scripts beside it: their first line has the path of the folder in which they were made. */
function pythonIn(folder: string): string {
  return process.platform === 'win32' ? join(folder, 'Scripts/python.exe') : join(folder, 'bin/python');
}

function mustEndWell(ended: Ended, sentence: string): void {
  if (ended.code !== 0) throw new Error(`${sentence}\n${complaint(ended)}`);
}
