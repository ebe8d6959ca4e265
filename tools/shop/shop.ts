import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFrontDoor } from '../front-door/front-door.ts';
import { type PartName, ports, urlOf } from './addresses.ts';
import { startDatabase } from './database.ts';
import { environmentOfPart } from './environment.ts';
import { startGuard } from './guarded.ts';
import { type Part, startPart } from './part.ts';
import type { ShopLog } from './shop-log.ts';

export type ShopOptions = {
  root: string;
  /** Folder of the database. */
  dataPath: string;
  log: ShopLog;
  /** A part ended although nobody asked it to; the sentence says which and how. */
  onDeath: (sentence: string) => void;
};

export type Shop = {
  /** Resolves when an order can be placed. */
  start(): Promise<void>;
  /** Stops the parts one after the other, the last started first. */
  stop(): Promise<void>;
  /** Ends everything at once. */
  kill(): void;
};

const PART_DEADLINE_MS = 12_000;
const watched = ['payment', 'catalog', 'order'] as const;

/** The parts of a shop on this machine: DynamoDB Local, the issuer, the payment gateway, the services, the front door. */
export function createShop({ root, dataPath, log, onDeath }: ShopOptions): Shop {
  const routing = JSON.parse(readFileSync(join(root, 'infra/routing.json'), 'utf8'));
  const targets = { catalog: urlOf('catalog'), order: urlOf('order'), payment: urlOf('payment') };
  const frontDoor = createFrontDoor({ routing, targets, exposeServicePages: true });
  const guard = startGuard();
  const parts: Pick<Part, 'stop' | 'kill'>[] = [];
  let stopping = false;

  function open(name: PartName, watch = false): Part {
    const part = startPart({
      name,
      entry: `apps/${name}/src/main.ts`,
      watch,
      root,
      environment: environmentOfPart(ports[name], process.env),
      isReady: () => answersOk(`${urlOf(name)}/readyz`),
      onLine: (line) => log.line(name, line),
      onNews: log.say,
      onDeath,
    });
    guard.watch(part.leader);
    parts.push(part);
    return part;
  }

  return {
    async start() {
      const database = startDatabase({ port: ports.dynamodb, dataPath, onDeath });
      parts.push(database);
      const issuer = open('dev-issuer');
      // Loading the SDK takes as long as the database needs to start.
      const [{ prepareTables }] = await Promise.all([import('@shop/setup/prepare-tables'), database.ready]);
      const seeded = await prepareTables();
      if (seeded > 0) log.say(`Put ${seeded} sample products into the catalog.`);
      if (stopping) return;
      const services = [open('sandbox-gateway'), ...watched.map((name) => open(name, true))];
      await Promise.all([issuer, ...services].map((part) => part.untilReady()));
      if (!stopping) await frontDoor.listen(ports['front-door']);
    },
    async stop() {
      stopping = true;
      await frontDoor.close();
      for (const part of [...parts].reverse()) await part.stop(PART_DEADLINE_MS);
      await guard.release();
    },
    kill() {
      for (const part of parts) part.kill();
      void guard.release();
    },
  };
}

async function answersOk(url: string): Promise<boolean> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(1000) }).catch(() => undefined);
  return answer?.ok === true;
}
