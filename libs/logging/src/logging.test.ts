import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { createLogger } from './logging.ts';

const origin = { service: 'order', version: '1.2.3', level: 'info' };

function logged(write: (log: ReturnType<typeof createLogger>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  write(
    createLogger({
      ...origin,
      taskId: 'task-1',
      availabilityZone: 'eu-west-1a',
      destination: { write: (line) => lines.push(line) },
    }),
  );
  return lines.map((line) => JSON.parse(line));
}

/** Runs the code as a program of its own, because what it leaves unwritten shows only when it ends. */
function run(code: string) {
  const logging = fileURLToPath(new URL('./logging.ts', import.meta.url));
  const start = `import { createLogger, flushLogger } from ${JSON.stringify(logging)}; const log = createLogger(${JSON.stringify(origin)});`;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--input-type=module-typescript', '-e', `${start}${code}`],
    { encoding: 'utf8' },
  );
  return {
    stderr,
    status,
    messages: stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line).msg),
  };
}

test('each line says which service, version, task and zone it is from', () => {
  expect(logged((log) => log.info('hello'))).toEqual([
    {
      level: 'info',
      time: expect.any(Number),
      service: 'order',
      version: '1.2.3',
      taskId: 'task-1',
      availabilityZone: 'eu-west-1a',
      msg: 'hello',
    },
  ]);
});

test('no payment detail is written, however it is logged', () => {
  const error = Object.assign(new Error('gateway refused pm_approve_x'), { body: { paymentMethod: 'pm_approve_x' } });
  const lines = logged((log) => {
    log.error(error);
    log.error({ err: error }, `refused: ${error}`);
    log.warn({ error: new Error('wrapped', { cause: error }) }, 'card 4242424242424242');
    log.info({ body: { paymentMethod: 'pm_approve_x' }, payload: 'pm_approve_x', paymentMethod: 'pm_approve_x' });
    log.info({ order: { charge: { paymentMethod: 'pm_approve_x' } }, note: 'sent:\npm_approve_x' }, 'deep');
    log.child({ paidWith: 'pm_approve_x' }).info('bound');
  });
  expect(lines).toHaveLength(6);
  expect(lines[4]).toMatchObject({ order: { charge: { paymentMethod: '[masked]' } }, note: 'sent:\n[masked]' });
  expect(lines[0]).toMatchObject({ err: { message: 'gateway refused [masked]' }, msg: 'gateway refused [masked]' });
  expect(JSON.stringify(lines)).not.toMatch(/pm_approve|42424242/);
});

test('only headers of the allow-list are written', () => {
  const headers = { authorization: 'Bearer secret', cookie: 'secret', 'x-new-secret': 'secret', 'user-agent': 'curl' };
  expect(logged((log) => log.info({ headers, req: { headers } }, 'seen'))[0]).toMatchObject({
    headers: { 'user-agent': 'curl' },
  });
  expect(JSON.stringify(logged((log) => log.info({ headers, req: { headers } })))).not.toContain('secret');
});

test('lines still buffered are written when the process exits', () => {
  expect(run(`log.info('last words'); process.exit(0);`)).toMatchObject({ status: 0, messages: ['last words'] });
});

test('lines still buffered are written when the process crashes', () => {
  expect(run(`log.info('last words'); throw new Error('crash');`)).toMatchObject({
    status: 1,
    messages: ['last words'],
  });
});

test('flushing waits until every line is written', () => {
  const code = `for (let i = 0; i < 10_000; i++) log.info('line'); await flushLogger(log); process.kill(process.pid, 'SIGKILL');`;
  expect(run(code).messages).toHaveLength(10_000);
});

test('a terminal gets lines for people', () => {
  const logging = fileURLToPath(new URL('./logging.ts', import.meta.url));
  const code = `import { createLogger } from ${JSON.stringify(logging)}; createLogger({ ...${JSON.stringify(origin)}, pretty: true }).info({ orderId: 'ord_1' }, 'placed');`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', code], { encoding: 'utf8' });
  expect(stdout).toMatch(/INFO.*placed/);
  expect(stdout).toContain('orderId');
});
