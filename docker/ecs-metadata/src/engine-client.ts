import { ProblemError } from '@shop/contracts/problem';
import type { Static, TSchema } from 'typebox';
import { Check } from 'typebox/value';
import { Pool } from 'undici';
import { EngineStats, EngineVersion, InspectedContainer, ListedContainers } from './engine-api.ts';
import { engineUnavailable } from './errors.ts';

export type EngineClient = ReturnType<typeof createEngineClient>;

/** Reads the Docker Engine API. An engine that is away, slow or odd is the problem `engineUnavailable`. */
export function createEngineClient({ socketPath, timeoutMs }: { socketPath: string; timeoutMs: number }) {
  const pool = new Pool('http://docker', { socketPath, connections: 8 });

  // Without a version in the path the engine answers as its newest one: no single version suits both old and new engines.
  async function get<S extends TSchema>(path: string, schema: S): Promise<Static<S>> {
    try {
      const { statusCode, body } = await pool.request({ path, method: 'GET', signal: AbortSignal.timeout(timeoutMs) });
      const document: unknown = await body.json();
      if (statusCode !== 200) throw new Error(`GET ${path} answered ${statusCode}: ${JSON.stringify(document)}`);
      if (!Check(schema, document)) throw new Error(`GET ${path} answered with another document`);
      return document;
    } catch (cause) {
      throw new ProblemError(engineUnavailable, { cause, headers: { 'retry-after': '1' } });
    }
  }

  return {
    version: () => get('/version', EngineVersion),
    /** The running ones. */
    containers: () => get('/containers/json', ListedContainers),
    inspect: (id: string) => get(`/containers/${id}/json`, InspectedContainer),
    /** One reading at once; otherwise the engine takes a second for two of them. */
    stats: (id: string) => get(`/containers/${id}/stats?stream=false&one-shot=true`, EngineStats),
    close: () => pool.destroy(),
  };
}
