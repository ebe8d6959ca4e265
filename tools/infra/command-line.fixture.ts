import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const root = join(import.meta.dirname, '../..');

export type Answer = { code: number; output: string };

/** The commands of infra as npm runs them, for one profile and against one emulator. */
export function commandLine(endpoint: string, profile: string) {
  return async (command: string, ...options: string[]): Promise<Answer> => {
    const args = [join(root, `tools/infra/${command}.ts`), '--profile', profile, '--emulator', ...options];
    try {
      const env = { ...process.env, AWS_ENDPOINT_URL: endpoint };
      const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { env });
      return { code: 0, output: stdout + stderr };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, output: stdout + stderr };
    }
  };
}

/** A certificate of the emulator, by its ARN: its balancer takes no other. */
export async function issueCertificate(endpoint: string, name: string): Promise<string> {
  const answer = await ask(endpoint, 'acm', 'CertificateManager.RequestCertificate', { DomainName: name });
  return (answer as { CertificateArn: string }).CertificateArn;
}

/** What docs/aws-acceptance.md has somebody do by hand before production can be removed. */
export async function unprotectTables(endpoint: string): Promise<void> {
  const { TableNames } = (await ask(endpoint, 'dynamodb', 'DynamoDB_20120810.ListTables', {})) as {
    TableNames: string[];
  };
  for (const TableName of TableNames)
    await ask(endpoint, 'dynamodb', 'DynamoDB_20120810.UpdateTable', { TableName, DeletionProtectionEnabled: false });
}

async function ask(endpoint: string, service: string, target: string, body: object): Promise<unknown> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      Authorization: `AWS4-HMAC-SHA256 Credential=emulator/20260101/us-east-1/${service}/aws4_request, Signature=none`,
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': target,
    },
    body: JSON.stringify(body),
  });
  return await response.json();
}
