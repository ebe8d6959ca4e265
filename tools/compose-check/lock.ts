import type { Stack } from '../compose/stack.ts';

/** What the kernel and the file system say of the app's process: how far somebody would get who took it over. */
export type Lock = { userId: number; capabilities: string; noNewPrivileges: boolean; canWrite: string[] };

const ask = `
const { readdirSync, readFileSync, writeFileSync, rmSync } = require('node:fs');
const processes = readdirSync('/proc').filter((name) => /^\\d+$/.test(name));
const app = processes.find((id) => readFileSync('/proc/' + id + '/cmdline', 'utf8').endsWith('/app/main.cjs\\0') && id !== '1');
const status = readFileSync('/proc/' + app + '/status', 'utf8');
const field = (name) => new RegExp('^' + name + ':\\\\s+(\\\\S+)', 'm').exec(status)[1];
const canWrite = ['/', '/app', '/app/compile-cache', '/home/nonroot', '/etc', '/tmp'].filter((folder) => {
  try { writeFileSync(folder + '/probe', ''); rmSync(folder + '/probe'); return true; } catch { return false; }
});
const capabilities = ['CapPrm', 'CapEff', 'CapBnd', 'CapInh', 'CapAmb'].map(field).join(' ');
console.log(JSON.stringify({ userId: Number(field('Uid')), capabilities, noNewPrivileges: field('NoNewPrivs') === '1', canWrite }));
`;

/** Looks from inside a running container. */
export async function lockOf(stack: Stack, service: string): Promise<Lock> {
  return JSON.parse(await stack.evaluate(service, ask));
}
