import { setTimeout as delay } from 'node:timers/promises';
import { docker, whyNoDocker } from '../containers/docker.ts';

const IMAGE = process.env.MOTO_IMAGE ?? 'motoserver/moto:5.1.1';
const START_DEADLINE_MS = 60_000;

export type Moto = { endpoint: string; stop(): Promise<void> };

/** The moto server at MOTO_ENDPOINT, or one in a container. A sentence when there is neither. */
export async function startMoto(): Promise<Moto | string> {
  const given = process.env.MOTO_ENDPOINT;
  if (given) {
    const endpoint = given.replace(/\/$/, '');
    return (await answers(endpoint)) ? { endpoint, stop: async () => {} } : `No moto server answers at ${given}.`;
  }
  if (await whyNoDocker())
    return 'These tests need a moto server: give its address as MOTO_ENDPOINT, or start Docker, which then runs one.';
  const id = await docker('run', '--detach', '--rm', '--publish', '127.0.0.1::5000', IMAGE);
  const stop = async () => void (await docker('rm', '--force', id));
  const endpoint = `http://${await docker('port', id, '5000')}`;
  for (const deadlineAt = Date.now() + START_DEADLINE_MS; Date.now() < deadlineAt; await delay(100))
    if (await answers(endpoint)) return { endpoint, stop };
  await stop();
  return `moto (${IMAGE}) did not answer within ${START_DEADLINE_MS / 1000} s.`;
}

async function answers(endpoint: string): Promise<boolean> {
  const probe = fetch(`${endpoint}/moto-api/`, { signal: AbortSignal.timeout(2000) });
  return probe.then(
    ({ ok }) => ok,
    () => false,
  );
}
