import type { Playback, Point, Program, Reply } from './playback.ts';
import type { World } from './world.ts';

/** A running program. Its caller waits for its end; nobody waits for a stray one. */
export type Actor = { point: Point; callee?: Actor };

/** All that there is at one moment: the tables, who is running, what was told by those who are gone. */
export type System = {
  readonly world: World;
  readonly actors: readonly Actor[];
  readonly told: readonly string[];
};

/** A fault that befalls one actor. */
export const faults = ['late', 'twice', 'crash'] as const;
export type Fault = (typeof faults)[number];

export type Machine = ReturnType<typeof createMachine>;

/** Moves a system by one effect or one fault. */
export function createMachine({ begin, goOn }: Playback, stray: (name: string, actor: Actor) => Program) {
  return { spawn, execute, strike };

  async function spawn(system: System, program: Program): Promise<System> {
    return add(system, await started(await begin(program)));
  }

  /** Lets the request that the actor, or the innermost of its callees, waits for take effect, and delivers its reply. */
  async function execute(system: System, actor: Actor, times = 1): Promise<System> {
    const { next } = waiting(innermost(actor).point);
    if (next.kind !== 'effect') throw new Error('only an effect can be executed');
    let world = system.world;
    let value: unknown;
    for (let time = 0; time < times; time += 1) [world, value] = next.effect(world);
    return replace({ ...system, world }, actor, await delivered(actor, { value }));
  }

  /**
   * `late`: the actor's own request is answered by a time-out, and still takes effect some time, or never.
   * `twice`: the request takes effect twice, and the second answer arrives. `crash`: the actor is gone, and what it asked
   * for is on its way.
   */
  async function strike(system: System, actor: Actor, fault: Fault): Promise<System> {
    const left = actor.callee ?? (await started(await begin(stray(`${actor.point.id}`, actor))));
    switch (fault) {
      case 'late':
        return add(replace(system, actor, await resumed(actor.point, failureOf(actor))), left);
      case 'twice':
        return actor.callee
          ? add(system, await started(await begin(actor.callee.point.program)))
          : execute(system, actor, 2);
      case 'crash':
        return add(replace(system, actor, undefined), left);
    }
  }

  /** The actor after a reply to its innermost callee, whose end is in turn the reply to its caller. */
  async function delivered(actor: Actor, reply: Reply): Promise<Actor> {
    if (!actor.callee) return resumed(actor.point, reply);
    const callee = await delivered(actor.callee, reply);
    return callee.point.ended ? resumed(actor.point, callee.point.result) : { point: actor.point, callee };
  }

  async function resumed(point: Point, reply: Reply): Promise<Actor> {
    return started(await goOn(point, reply));
  }

  async function started(point: Point): Promise<Actor> {
    if (point.ended || point.next.kind === 'effect') return { point };
    return { point, callee: await started(await begin(point.next.callee)) };
  }
}

export function innermost(actor: Actor): Actor {
  return actor.callee ? innermost(actor.callee) : actor;
}

export function waiting(point: Point): Extract<Point, { ended: false }> {
  if (point.ended) throw new Error(`${point.program.name} has ended`);
  return point;
}

function failureOf({ callee }: Actor): Reply {
  return { failure: callee ? 'peer' : 'storage' };
}

function add(system: System, actor: Actor): System {
  return actor.point.ended ? retire(system, actor) : { ...system, actors: [...system.actors, actor] };
}

function replace(system: System, actor: Actor, next: Actor | undefined): System {
  const others = { ...system, actors: system.actors.filter((one) => one !== actor) };
  return next && !next.point.ended ? { ...others, actors: [...others.actors, next] } : retire(others, next ?? actor);
}

function retire(system: System, { point }: Actor): System {
  return point.told.length === 0 ? system : { ...system, told: [...system.told, ...point.told].sort() };
}
