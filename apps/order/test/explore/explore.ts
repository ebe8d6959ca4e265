import { hash } from 'node:crypto';
import type { OrderRequest } from '../../src/order.ts';
import { unlawful, unsafe, unsettled } from './invariants.ts';
import type { Broken } from './mutants.ts';
import { createPlayback } from './playback.ts';
import { createPrograms, toError } from './programs.ts';
import { type Actor, createMachine, type Fault, faults, innermost, type System, waiting } from './system.ts';
import { newWorld, type World } from './world.ts';

export type Scenario = {
  name: string;
  stock: number;
  gatewayApproves: boolean;
  /** Requests to place an order, each by a process of its own. */
  requests: readonly OrderRequest[];
  /** Orders that their customer cancels at any time. */
  cancellations: readonly { customerId: string; orderId: string }[];
  /** How many passes recovery may begin, at any time; leases are taken to be over at any time. */
  recoveries: number;
  /** How many faults may happen. */
  faults: number;
  faultKinds?: readonly Fault[];
  /** Nobody interferes with the requests, so the first answer must be the final one. */
  undisturbed?: true;
};

/** A state with what may still happen to it, and how it came about. */
type Node = { system: System; recoveries: number; faults: number; trace: Trace | undefined };
type Trace = { step: string; before: Trace | undefined };

export type Violation = { what: string; steps: readonly string[] };
export type Explored = { states: number; steps: number; complete: boolean; violation?: Violation };

export function createExplorer(scenario: Scenario, broken: Broken) {
  const programs = createPrograms(broken);
  const playback = createPlayback(toError);
  const machine = createMachine(playback, (name, actor) => {
    const { next } = waiting(actor.point);
    if (next.kind !== 'effect') throw new Error('a call has a callee');
    return programs.stray(name, next.label, next.effect);
  });
  const { faultKinds = faults } = scenario;
  const afterQuiet = new Map<string, { system: System } | { violation: string }>();

  return { everything, walk };

  /** Every state within the scenario's bounds, depth first, until one violates an invariant. */
  async function everything(maxStates: number): Promise<Explored> {
    const visited = new Set<string>();
    const stack = [await root()];
    let steps = 0;
    for (let node = stack.pop(); node; node = stack.pop()) {
      const key = digest(keyOf(node));
      if (visited.has(key)) continue;
      visited.add(key);
      const what = await judge(node.system);
      if (what)
        return { states: visited.size, steps, complete: false, violation: { what, steps: stepsOf(node.trace) } };
      if (visited.size >= maxStates) return { states: visited.size, steps, complete: false };
      for (const choice of choices(node)) {
        const next = await choice();
        steps += 1;
        const broke = unlawful(node.system.world, next.system.world);
        if (broke) {
          const violation = { what: broke, steps: stepsOf(next.trace) };
          return { states: visited.size, steps, complete: false, violation };
        }
        stack.push(next);
      }
    }
    return { states: visited.size, steps, complete: true };
  }

  /** One run to its end, each step drawn by `random`. */
  async function walk(random: () => number): Promise<Explored> {
    let node = await root();
    for (let steps = 0; ; steps += 1) {
      const possible = choices(node);
      const what = possible.length === 0 || random() < 0.1 ? await judge(node.system) : unsafe(node.system.world);
      if (what) return { states: steps, steps, complete: false, violation: { what, steps: stepsOf(node.trace) } };
      const choice = possible[Math.floor(random() * possible.length)];
      if (!choice) return { states: steps, steps, complete: true };
      const next = await choice();
      const broke = unlawful(node.system.world, next.system.world);
      if (broke) {
        return { states: steps, steps, complete: false, violation: { what: broke, steps: stepsOf(next.trace) } };
      }
      node = next;
    }
  }

  async function root(): Promise<Node> {
    let system: System = { world: newWorld(scenario.stock, scenario.gatewayApproves), actors: [], told: [] };
    for (const [index, request] of scenario.requests.entries()) {
      system = await machine.spawn(system, programs.place(`place ${index}`, request));
    }
    for (const [index, own] of scenario.cancellations.entries()) {
      system = await machine.spawn(system, programs.cancel(`cancel ${index}`, own));
    }
    return { system, recoveries: scenario.recoveries, faults: scenario.faults, trace: undefined };
  }

  function choices(node: Node): (() => Promise<Node>)[] {
    const { system, trace } = node;
    const to = async (step: string, system: Promise<System>, spent: Partial<Node> = {}): Promise<Node> => ({
      ...node,
      ...spent,
      system: await system,
      trace: { step, before: trace },
    });
    const begin = node.recoveries > 0 ? openOrders(system.world) : [];
    const clock = (scenario.recoveries - node.recoveries + 1) * 100_000;
    const striking = node.faults > 0 ? system.actors.filter(isService) : [];
    return [
      ...begin.map((seen) => () => {
        const program = programs.recover(seen, clock);
        return to(program.name, machine.spawn(system, program), { recoveries: node.recoveries - 1 });
      }),
      ...striking.flatMap((actor) =>
        faultKinds.map(
          (fault) => () =>
            to(`${fault}: ${describe(actor)}`, machine.strike(system, actor, fault), { faults: node.faults - 1 }),
        ),
      ),
      ...system.actors.map((actor) => () => to(describe(actor), machine.execute(system, actor))),
    ];
  }

  /**
   * Is this state safe, and does all end well if from now on nobody runs but recovery: when what is under way is lost,
   * and when it arrives after everything is settled?
   */
  async function judge(system: System): Promise<string | undefined> {
    const now = unsafe(system.world);
    if (now) return now;
    const told = [...system.told, ...system.actors.flatMap(({ point }) => point.told)];
    const early = scenario.undisturbed && told.find((fact) => fact.endsWith('placed 202'));
    if (early) return `told ${early}, though nothing was in the way`;
    const lost = await quiet(system.world);
    if ('violation' in lost) return `if the rest is lost: ${lost.violation}`;
    const broken = unsettled(lost.system.world, [...told, ...lost.system.told]);
    if (broken) return `if the rest is lost: ${broken}`;
    const late = await arrivingLate({ world: lost.system.world, actors: system.actors, told });
    return late && `if the rest arrives late: ${late}`;
  }

  async function arrivingLate(settled: System): Promise<string | undefined> {
    let system = settled;
    for (let actor = system.actors[0]; actor; actor = system.actors[0]) {
      system = await machine.execute(system, actor);
      const now = unsafe(system.world);
      if (now) return now;
    }
    const end = await quiet(system.world);
    return 'violation' in end ? end.violation : unsettled(end.system.world, [...system.told, ...end.system.told]);
  }

  /** The world after recovery alone has run for as long as it finds something. */
  async function quiet(world: World): Promise<{ system: System } | { violation: string }> {
    const key = JSON.stringify(world);
    const known = afterQuiet.get(key);
    if (known) return known;
    const answer = await recoverAlone(world);
    afterQuiet.set(key, answer);
    return answer;
  }

  async function recoverAlone(world: World): Promise<{ system: System } | { violation: string }> {
    let system: System = { world, actors: [], told: [] };
    for (let pass = 1; pass <= 6; pass += 1) {
      for (const seen of openOrders(system.world)) {
        system = await machine.spawn(system, programs.recover(seen, 1_000_000 * pass));
        for (let actor = system.actors[0]; actor; actor = system.actors[0]) {
          system = await machine.execute(system, actor);
          const violation = unsafe(system.world);
          if (violation) return { violation };
        }
      }
    }
    return { system };
  }
}

function openOrders(world: World) {
  return Object.values(world.orders).flatMap(({ orderId, dueAt }) => (dueAt === undefined ? [] : { orderId, dueAt }));
}

function isService({ point }: Actor): boolean {
  return /^(place|cancel|recover) /.test(point.program.name);
}

function describe(actor: Actor): string {
  return `${actor.point.program.name}: ${waiting(innermost(actor).point).next.label}`;
}

function keyOf({ system, recoveries, faults }: Node): string {
  const actors = system.actors.map(actorKey).sort();
  return JSON.stringify([recoveries, faults, actors, system.told, system.world]);
}

function actorKey({ point, callee }: Actor): string {
  return callee ? `${point.id}(${actorKey(callee)})` : String(point.id);
}

/** States are many and their descriptions long. */
function digest(key: string): string {
  return hash('sha1', key, 'base64');
}

function stepsOf(trace: Trace | undefined): string[] {
  const steps: string[] = [];
  for (let at = trace; at; at = at.before) steps.unshift(at.step);
  return steps;
}
