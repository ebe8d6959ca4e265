import { setImmediate as turn } from 'node:timers/promises';
import type { Effect } from './world.ts';

/** What running code waits for: an effect on the world, or the end of code that runs in another process. */
export type Request =
  | { kind: 'effect'; label: string; effect: Effect<unknown> }
  | { kind: 'call'; label: string; callee: Program };

export type Reply = { value: unknown } | { failure: 'storage' | 'peer' };

/** Code under exploration. Its name must say all that it depends on: equal names are taken to behave alike. */
export type Program = { name: string; run: (io: Io) => Promise<unknown> };

export type Io = {
  request(request: Request): Promise<unknown>;
  /** Notes what somebody outside was told, or saw go wrong. */
  tell(fact: string): void;
};

/** A program after a number of replies: what it wants next, and what it has told so far. */
export type Point = { id: number; program: Program; replies: readonly Reply[]; told: readonly string[] } & (
  | { ended: false; next: Request }
  | { ended: true; result: Reply }
);

export type Playback = {
  begin(program: Program): Promise<Point>;
  /** Where a reply takes the program. */
  goOn(point: Point, reply: Reply): Promise<Point>;
};

/**
 * Runs asynchronous code as a function of the replies it has got, by starting it afresh and playing them back. So a point
 * of its run is plain data that can be kept, compared and continued in any number of ways. Each point is played once.
 */
export function createPlayback(toError: (failure: 'storage' | 'peer') => Error): Playback {
  const points = new Map<string, Point>();

  return {
    begin: (program) => at(program, program.name, []),
    goOn: ({ id, program, replies }, reply) => at(program, `${id} ${JSON.stringify(reply)}`, [...replies, reply]),
  };

  async function at(program: Program, key: string, replies: readonly Reply[]): Promise<Point> {
    const known = points.get(key);
    if (known) return known;
    const point = { id: points.size, program, replies, ...(await play(program, replies)) };
    points.set(key, point);
    return point;
  }

  async function play({ name, run }: Program, replies: readonly Reply[]) {
    const told: string[] = [];
    let played = 0;
    let next: Request | undefined;
    let result: Reply | undefined;
    let fault: Error | undefined;
    const request = (wanted: Request) => {
      const reply = replies[played];
      played += 1;
      if (!reply) {
        if (next) fault = new Error(`${name} has two requests at once: ${next.label}, ${wanted.label}`);
        next = wanted;
        return new Promise(() => {});
      }
      return 'failure' in reply ? Promise.reject(toError(reply.failure)) : Promise.resolve(reply.value);
    };
    run({ request, tell: (fact) => told.push(fact) }).then(
      (value) => {
        result = { value };
      },
      () => {
        result = { failure: 'peer' };
      },
    );
    await turn();
    if (fault) throw fault;
    if (next) return { told, ended: false as const, next };
    if (result) return { told, ended: true as const, result };
    throw new Error(`${name} waits for something that is no request`);
  }
}
