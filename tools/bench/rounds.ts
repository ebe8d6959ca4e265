import { type Child, type Logs, startChild } from './child.ts';
import type { Answered } from './load.ts';
import { productPath } from './product-route.ts';
import type { Usage } from './server.ts';
import { environmentOf, type Variant, variants } from './variants.ts';

export type Round = {
  variant: Variant;
  requestsPerSecond: number;
  cpuMicrosecondsPerRequest: number;
  busyShare: number;
};
export type Measured = { rounds: Round[]; spansExpected: number; spansReceived: number };
export type Settings = { rounds: number; seconds: number; protocol: string; logs: Logs };

type Server = { variant: Variant; server: Child; url: string };

const warmUpSeconds = 2;

/**
 * All variants run side by side, idle but for the one under load. Each round loads every variant once, in an order that
 * moves on, so that whatever else the machine does meets all of them.
 */
export async function measure({ rounds, seconds, protocol, logs }: Settings): Promise<Measured> {
  const collector = startChild('./collector.ts');
  const collectorOrigin = await collector.origin();
  const load = startChild('./load.ts');
  const servers: Server[] = [];
  for (const variant of variants) {
    const server = startChild('./server.ts', environmentOf(variant, collectorOrigin, protocol), logs);
    servers.push({ variant, server, url: `${await server.origin()}${productPath}` });
  }

  let spansExpected = 0;
  async function loadOne({ variant, server, url }: Server, forSeconds: number): Promise<Round> {
    const before = await server.ask<Usage>();
    const answered = await load.ask<Answered>({ url, seconds: forSeconds });
    const after = await server.ask<Usage>();
    if (answered.failures > 0) throw new Error(`${variant.name}: ${answered.failures} requests failed`);
    spansExpected += answered.requests * variant.traced;
    return {
      variant,
      requestsPerSecond: answered.requests / answered.seconds,
      cpuMicrosecondsPerRequest: ((after.cpuMs - before.cpuMs) * 1_000) / answered.requests,
      busyShare: (after.busyMs - before.busyMs) / 1_000 / answered.seconds,
    };
  }

  for (const server of servers) await loadOne(server, warmUpSeconds);
  const measured: Round[] = [];
  for (let round = 0; round < rounds; round++) {
    const inTurn = servers.map((_, place) => servers[(place + round) % servers.length] as Server);
    for (const server of inTurn) measured.push(await loadOne(server, seconds));
  }
  for (const { server } of servers) await server.stop();
  const { spans } = await collector.ask<{ spans: number }>();
  await Promise.all([load.stop(), collector.stop()]);
  return { rounds: measured, spansExpected, spansReceived: spans };
}
