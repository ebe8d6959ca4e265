import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding, Subject } from './finding.ts';
import { type GuardReport, guardFindings } from './guard-report.ts';
import { complaint, INSTALL_DEADLINE_MS, runTool } from './run-tool.ts';
import { toolFolder } from './tool-folder.ts';

const PINS = join(import.meta.dirname, 'guard');
const PACKAGE = 'node_modules/@cdklabs/cdk-validator-cfnguard';
const ALL_PASS = 0;
const SOME_FAIL = 19;

/**
 * cfn-guard with the rules of Control Tower, kept apart from node_modules, where its programs for four platforms would weigh on
 * everybody's installation. Without its peer, which is all of the CDK.
 */
export async function ensureGuard(tell: (line: string) => void): Promise<string> {
  const pins = readFileSync(join(PINS, 'package-lock.json'), 'utf8');
  const folder = await toolFolder('guard', pins, async (made) => {
    tell('Installing cfn-guard with the rules of Control Tower, once for this version...');
    cpSync(PINS, made, { recursive: true });
    const install = ['ci', '--legacy-peer-deps', '--ignore-scripts'];
    const ended = await runTool('npm', install, { cwd: made, deadlineMs: INSTALL_DEADLINE_MS });
    if (ended.code !== 0)
      throw new Error(`npm could not install cfn-guard: is its registry within reach?\n${complaint(ended)}`);
  });
  return join(folder, PACKAGE);
}

/** What cfn-guard says, a finding for each rule and resource. Rejects when it could not look. */
export async function guard(folder: string, subjects: readonly Subject[]): Promise<Finding[]> {
  const files = subjects.flatMap(({ file }) => ['--data', file]);
  const rules = ['--rules', join(folder, 'rules/control-tower/cfn-guard')];
  const format = ['--structured', '--output-format', 'json', '--show-summary', 'none'];
  const ended = await runTool(programIn(folder), ['validate', ...rules, ...files, ...format]);
  if (ended.code !== ALL_PASS && ended.code !== SOME_FAIL)
    throw new Error(`cfn-guard ended with ${ended.code}.\n${complaint(ended)}`);
  const reports = JSON.parse(ended.stdout) as GuardReport[];
  return subjects.flatMap((subject) => {
    const report = reports.find(({ name }) => subject.file.endsWith(name));
    if (!report) throw new Error(`cfn-guard did not report on ${subject.file}.`);
    return guardFindings(report, subject);
  });
}

function programIn(folder: string): string {
  const system = { linux: 'ubuntu', darwin: 'macos' }[process.platform as string];
  const machine = { x64: 'x86_64', arm64: 'aarch64' }[process.arch as string];
  const program = join(folder, `bin/${system}/${machine}/cfn-guard`);
  if (!existsSync(program))
    throw new Error(`There is no cfn-guard for ${process.platform} on ${process.arch}: run this on Linux or macOS.`);
  return program;
}
