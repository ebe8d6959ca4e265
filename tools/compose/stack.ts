import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { freePort } from '@shop/testing/free-port';

const run = promisify(execFile);
const OUTPUT_LIMIT_BYTES = 64 * 1024 * 1024;

export type Container = { ID: string; Name: string; Service: string; State: string; Health: string; ExitCode: number };
export type Stack = Awaited<ReturnType<typeof createStack>>;

/** The compose stack under a project name and on ports of its own, so that it disturbs no other one. Nothing runs yet. */
export async function createStack({
  root,
  project,
  settings = {},
  signal,
}: {
  root: string;
  project: string;
  settings?: Readonly<Record<string, string>>;
  /** Ends every command but `down`. */
  signal?: AbortSignal;
}) {
  const [shopPort, issuerPort] = [await freePort(), await freePort()];
  const env = { ...process.env, ...settings, SHOP_PORT: String(shopPort), ISSUER_PORT: String(issuerPort) };

  /** Runs a command of docker compose. Resolves to what it prints; rejects with what it complains about. */
  const compose = (...command: readonly string[]) => runCompose(command, env, signal);

  async function runCompose(command: readonly string[], env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<string> {
    const { stdout } = await run('docker', ['compose', '--project-name', project, ...command], {
      cwd: root,
      env,
      maxBuffer: OUTPUT_LIMIT_BYTES,
      signal,
    });
    return stdout;
  }

  return {
    project,
    baseUrl: `http://localhost:${shopPort}`,
    issuerUrl: `http://localhost:${issuerPort}`,
    compose,
    /** The same with further settings. */
    composeWith: (more: Readonly<Record<string, string>>, ...command: readonly string[]) =>
      runCompose(command, { ...env, ...more }, signal),
    /** All containers, ended ones too. */
    async containers(): Promise<Container[]> {
      const lines = (await compose('ps', '--all', '--format=json')).trim().split('\n');
      return lines.filter(Boolean).map((line) => JSON.parse(line));
    },
    /** Runs code on the Node of a service's container, as its user. Resolves to what it prints. */
    evaluate: (service: string, code: string) => compose('exec', '-T', service, '/nodejs/bin/node', '--eval', code),
    /** Stops gracefully, unless the options say otherwise, and removes all that belongs to it, data included. */
    down: (...options: readonly string[]) =>
      runCompose(['--profile=*', 'down', '--volumes', '--remove-orphans', ...options], env),
  };
}
