import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { askMoto } from './moto.fixture.ts';

/** A command that hangs is killed, and its test fails by it and not by its own limit. */
const COMMAND_DEADLINE_MS = 150_000;

export const root = join(import.meta.dirname, '../..');

export type Answer = { code: number; output: string };
type Failure = { code: number | null; killed: boolean; stdout: string; stderr: string };

/** The commands of infra as npm runs them, for one profile and against one emulator. */
export function commandLine(endpoint: string, profile: string) {
  return async (command: string, ...options: string[]): Promise<Answer> => {
    const args = [join(root, `tools/infra/${command}.ts`), '--profile', profile, '--emulator', ...options];
    try {
      const env = { ...process.env, AWS_ENDPOINT_URL: endpoint };
      const { stdout, stderr } = await promisify(execFile)(process.execPath, args, {
        env,
        timeout: COMMAND_DEADLINE_MS,
      });
      return { code: 0, output: stdout + stderr };
    } catch (error) {
      const { code, killed, stdout, stderr } = error as Failure;
      const late = killed ? `\n${command} did not end within ${COMMAND_DEADLINE_MS / 1000} s` : '';
      return { code: code ?? -1, output: stdout + stderr + late };
    }
  };
}

/** A certificate of the emulator, by its ARN: its balancer takes no other. */
export async function issueCertificate(endpoint: string, name: string): Promise<string> {
  const body = JSON.stringify({ DomainName: name });
  const request = { service: 'acm', target: 'CertificateManager.RequestCertificate', body };
  return JSON.parse(await askMoto(endpoint, request)).CertificateArn;
}

/** What docs/aws-acceptance.md has somebody do by hand before production can be removed. */
export async function unprotectTables(endpoint: string): Promise<void> {
  const ask = (operation: string, body: object) =>
    askMoto(endpoint, {
      service: 'dynamodb',
      target: `DynamoDB_20120810.${operation}`,
      body: JSON.stringify(body),
    });
  const { TableNames } = JSON.parse(await ask('ListTables', {})) as { TableNames: string[] };
  for (const TableName of TableNames) await ask('UpdateTable', { TableName, DeletionProtectionEnabled: false });
}

/** As somebody does by hand, past our commands. */
export async function deleteStack(endpoint: string, name: string): Promise<void> {
  const body = `StackName=${name}`;
  await askMoto(endpoint, { service: 'cloudformation', action: 'DeleteStack', version: '2010-05-15', body });
}
