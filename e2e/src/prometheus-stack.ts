import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { RecordedMetrics } from './record-metrics.ts';

const compose = fileURLToPath(new URL('../../docker/observability/compose.yaml', import.meta.url));

/** Listens as a service does, but shows always the same metrics. */
const standIn = `
  const text = require('node:fs').readFileSync('/metrics.txt');
  require('node:http').createServer((_, answer) => answer.setHeader('content-type', 'text/plain').end(text)).listen(3000);
`;

export type PrometheusStack = Awaited<ReturnType<typeof startPrometheus>>;

/** Prometheus as the profile starts it, and a container with each service's name, two for the catalog. */
export async function startPrometheus(metrics: RecordedMetrics) {
  const folder = await mkdtemp(join(tmpdir(), 'prometheus-'));
  const entries = Object.entries(metrics);
  await Promise.all(entries.map(([service, text]) => writeFile(join(folder, `${service}.txt`), text, { mode: 0o644 })));
  const services = entries.map(([service]) => [
    service,
    {
      profiles: ['observability'],
      image: 'node:24-bookworm-slim',
      init: true,
      command: ['node', '-e', standIn],
      volumes: [`${join(folder, `${service}.txt`)}:/metrics.txt:ro`],
      scale: service === 'catalog' ? 2 : 1,
    },
  ]);
  const standIns = join(folder, 'stand-ins.json');
  await writeFile(standIns, JSON.stringify({ services: Object.fromEntries(services) }));

  const project = `observability-${randomUUID()}`;
  const scope = ['compose', '--project-name', project, '--file', compose, '--file', standIns];
  const run = async (...args: string[]) => {
    const env = { ...process.env, PROMETHEUS_PORT: '0' };
    const { stdout } = await promisify(execFile)('docker', [...scope, '--profile', 'observability', ...args], { env });
    return stdout.trim();
  };
  const stop = async () => {
    await run('down', '--volumes', '--timeout', '1');
    await rm(folder, { recursive: true });
  };
  try {
    await run('up', '--wait', '--quiet-pull', 'prometheus', ...Object.keys(metrics));
  } catch (error) {
    await stop();
    throw error;
  }
  const url = `http://${await run('port', 'prometheus', '9090')}`;

  return {
    /** The `data` of an answer of Prometheus's HTTP API. */
    async ask<Data>(path: string, parameters: Record<string, string> = {}): Promise<Data> {
      const answer = await fetch(`${url}/api/v1/${path}?${new URLSearchParams(parameters)}`);
      const { data, error } = (await answer.json()) as { data: Data; error?: string };
      if (error) throw new Error(`${JSON.stringify(parameters)}: ${error}`);
      return data;
    },
    /** Its tests of rules need a folder to write in. */
    promtool: (...args: string[]) =>
      run('exec', '-T', '--workdir=/etc/prometheus', '--env=TMPDIR=/prometheus', 'prometheus', 'promtool', ...args),
    stop,
  };
}
