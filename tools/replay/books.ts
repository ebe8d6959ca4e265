import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ports } from '../shop/addresses.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const job = fileURLToPath(new URL('../reconcile.ts', import.meta.url));
const LOCAL_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

/** Throws for a shop elsewhere whose tables and gateway nobody named: reconcile would look at the books of the local one. */
export function requireBooksOf(baseUrl: string, environment: Environment): void {
  if (isLocalShop(baseUrl) || environment.AWS_ENDPOINT_URL_DYNAMODB || environment.GATEWAY_URL) return;
  throw new Error(
    `set AWS_ENDPOINT_URL_DYNAMODB or GATEWAY_URL: without them reconcile would look at the local shop, not at ${baseUrl}`,
  );
}

function isLocalShop(baseUrl: string): boolean {
  const url = URL.parse(baseUrl);
  return url !== null && LOCAL_HOSTS.includes(url.hostname) && url.port === String(ports['front-door']);
}

/** Runs reconcile, whose report goes where ours goes. Resolves to its exit code, or null when a signal ended it. */
export async function reconcile(): Promise<number | null> {
  const [exitCode] = await once(spawn(process.execPath, [job], { stdio: 'inherit' }), 'exit');
  return exitCode;
}

/** What an exit code of reconcile means for the replay; undefined when the books balance. */
export function faultOfBooks(exitCode: number | null): string | undefined {
  if (exitCode === 0) return undefined;
  if (exitCode === 1) return 'the books of the shop do not balance';
  if (exitCode === 2) return 'whether the books of the shop balance is undecided: some of it changed all the time';
  return 'reconcile could not run, so nobody knows whether the books of the shop balance';
}
