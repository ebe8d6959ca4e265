import type { EngineStats } from './engine-api.ts';

export type StatsDocument = EngineStats & {
  name: string;
  id: string;
  network_rate_stats?: { rx_bytes_per_sec: number; tx_bytes_per_sec: number };
};

/**
 * The answer of `${ECS_CONTAINER_METADATA_URI_V4}/stats`: the engine's reading with the one before it. Without one, the
 * engine's empty `precpu_stats` stand, and there are no rates.
 */
export function statsDocument(
  reading: EngineStats,
  before: EngineStats | undefined,
  { id, name }: { id: string; name: string },
): StatsDocument {
  const rates = before && networkRates(reading, before);
  return {
    ...reading,
    ...(before && { preread: before.read, precpu_stats: before.cpu_stats }),
    name,
    id,
    ...(rates && { network_rate_stats: rates }),
  };
}

function networkRates(reading: EngineStats, before: EngineStats) {
  const seconds = (Date.parse(reading.read) - Date.parse(before.read)) / 1_000;
  if (!(seconds > 0)) return undefined;
  const rate = (member: 'rx_bytes' | 'tx_bytes') => (total(reading, member) - total(before, member)) / seconds;
  return { rx_bytes_per_sec: rate('rx_bytes'), tx_bytes_per_sec: rate('tx_bytes') };
}

function total({ networks = {} }: EngineStats, member: 'rx_bytes' | 'tx_bytes'): number {
  return Object.values(networks).reduce((sum, each) => sum + each[member], 0);
}
