import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { createDynamo, createTable } from './dynamo.ts';
import { type DynamoLocal, startDynamoLocal } from './local.ts';

/** Each of these starts a JVM, which takes its time on a busy machine. */
jest.setTimeout(120_000);
const soon = () => Date.now() + 20_000;
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

describe('DynamoDB Local', () => {
  test('keeps its data in a folder over a restart, and is gone after stop', async () => {
    const dataPath = join(temporaryFolder(), 'made-at-start');
    const first = await start({ dataPath });
    const dynamo = createDynamo({ endpoint: first.endpoint });
    await createTable(dynamo, 'kept', { key: 'id' });
    await dynamo.write('put', new PutCommand({ TableName: 'kept', Item: { id: 'a' } }), { deadlineAt: soon() });
    dynamo.close();
    await first.stop();
    expect(await isListening(first.endpoint)).toBe(false);

    const second = await start({ dataPath, port: first.port });
    const again = createDynamo({ endpoint: second.endpoint });
    cleanups.push(again.close);
    await createTable(again, 'kept', { key: 'id' });
    const { Item } = await again.read(new GetCommand({ TableName: 'kept', Key: { id: 'a' } }), soon());
    expect(Item).toEqual({ id: 'a' });
  });

  test('says in one line that its port is taken', async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, done));
    cleanups.push(() => server.close());
    const { port } = server.address() as { port: number };
    await expect(startDynamoLocal({ port })).rejects.toThrow(new Error(`port ${port} is taken`));
  });

  test('goes down with a parent that is killed', async () => {
    const parent = runParent(process.env.PATH);
    const [endpoint] = (await once(parent.stdout, 'data')).map(String);
    expect(await isListening(String(endpoint))).toBe(true);
    parent.kill('SIGKILL');
    const deadlineAt = soon();
    while ((await isListening(String(endpoint))) && Date.now() < deadlineAt) await sleep(20);
    expect(await isListening(String(endpoint))).toBe(false);
  });

  test('names both ways out when there is neither Java nor Docker', async () => {
    const parent = runParent(temporaryFolder());
    const [message] = (await once(parent.stderr, 'data')).map(String);
    expect(message).toMatch(/^DynamoDB Local needs Java 17 .* or a running Docker\n$/);
  });

  test('runs in Docker where there is no Java; its container is removed at stop, after which the process goes on', async () => {
    const folder = temporaryFolder();
    const log = join(folder, 'docker.log');
    const docker = `#!/bin/sh\necho "$@" >> ${log}\n[ "$1" != run ] || exec ${process.execPath} ${folder}/database.mjs "$@"\n[ "$1" != rm ] || kill $(/bin/cat ${folder}/pid)\n`;
    writeFileSync(join(folder, 'docker'), docker);
    chmodSync(join(folder, 'docker'), 0o755);
    writeFileSync(join(folder, 'database.mjs'), database);
    const parent = runParent(folder, 'await local.stop(); console.log("went on");');
    const [endpoint = '', last] = (await text(parent.stdout)).split('\n');
    const [info, run, remove] = readFileSync(log, 'utf8').split('\n');
    const name = /--name (\S+)/.exec(run ?? '')?.[1];
    expect(info).toBe('info');
    expect(run).toContain(`--publish 127.0.0.1:${new URL(endpoint).port}:8000 amazon/dynamodb-local:`);
    expect(remove).toBe(`rm --force ${name}`);
    expect(last).toBe('went on');
  });
});

/** Stands in for the container: listens on the published port. */
const database = `
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
const port = /127\\.0\\.0\\.1:(\\d+):8000/.exec(process.argv.join(' '))[1];
writeFileSync(import.meta.dirname + '/pid', String(process.pid));
createServer((_, response) => response.writeHead(400).end()).listen(Number(port), '127.0.0.1');
`;

/** A process of its own that starts DynamoDB Local, prints the endpoint and lives until it is told otherwise. */
function runParent(path: string | undefined, afterStart = 'setInterval(() => {}, 1000);') {
  const script = `
    import { startDynamoLocal } from ${JSON.stringify(import.meta.resolve('./local.ts'))};
    try {
      const local = await startDynamoLocal();
      console.log(local.endpoint);
      ${afterStart}
    } catch (error) {
      console.error(error.message);
    }`;
  const args = ['--input-type=module', '--eval', script];
  const parent = spawn(process.execPath, args, { env: { PATH: path }, stdio: ['ignore', 'pipe', 'pipe'] });
  cleanups.push(() => parent.kill('SIGKILL'));
  return parent;
}

async function start(options: { dataPath: string; port?: number }): Promise<DynamoLocal> {
  const local = await startDynamoLocal(options);
  cleanups.push(local.stop);
  return local;
}

function isListening(endpoint: string): Promise<boolean> {
  return fetch(endpoint).then(
    () => true,
    () => false,
  );
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dynamo-local-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
