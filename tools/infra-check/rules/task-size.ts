import { fargateSizes } from '../fargate-sizes.ts';
import { type Problem, problem, type Rule } from '../finding.ts';
import { at, isTrue, type JsonObject, numberAt, textAt } from '../resolve/json.ts';
import { environmentOf, nameOf, type Task, tasksOf } from '../tasks.ts';

/** What the proxy of Service Connect needs beside the containers. */
const PROXY = { cpu: 256, memory: 64 };
/** The rest of the memory is for what V8 does not count as its heap. */
const HEAP_SHARE = 0.75;

export const taskSize: Rule = {
  id: 'R-1',
  mistake: 'wrong resource limits',
  holds:
    'CPU and memory are a pair that Fargate has, containers fit into the task, and the heap of Node into its container',
  check: (shop) => tasksOf(shop).flatMap((task) => [...sizeProblems(task), ...task.containers.flatMap(heapProblems)]),
};

function sizeProblems({ definition: { key, properties }, containers, services }: Task): Problem[] {
  const cpu = numberAt(properties, 'Cpu');
  const memory = numberAt(properties, 'Memory');
  const sizes = fargateSizes.get(cpu);
  if (!sizes?.includes(memory)) {
    const mend = sizes
      ? `take one of ${sizes.join(', ')}`
      : `take one of ${[...fargateSizes.keys()].join(', ')} CPU units`;
    const what = `${key} wants ${cpu} CPU units with ${memory} MiB, which Fargate has not`;
    return [problem(what, mend, properties, sizes ? 'Memory' : 'Cpu')];
  }
  const meshed = services.some((each) => isTrue(at(each.properties, 'ServiceConnectConfiguration', 'Enabled')));
  const sum = (member: string) => containers.reduce((total, each) => total + (numberAt(each, member) || 0), 0);
  const check = (member: string, whole: number, proxy: number) => {
    const used = sum(member) + (meshed ? proxy : 0);
    const what = `the containers of ${key} take ${used} of ${whole} ${member}${meshed ? ', with the proxy of Service Connect' : ''}`;
    return used <= whole
      ? []
      : [problem(what, 'give the containers less, or the task more', properties, 'ContainerDefinitions')];
  };
  return [...check('Cpu', cpu, PROXY.cpu), ...check('Memory', memory, PROXY.memory)];
}

function heapProblems(container: JsonObject): Problem[] {
  const heap = Number(/--max-old-space-size=(\d+)/.exec(environmentOf(container).NODE_OPTIONS ?? '')?.[1]);
  const memory = numberAt(container, 'Memory');
  if (!(heap > memory * HEAP_SHARE)) return [];
  const what = `${nameOf(container)} may fill ${heap} MiB of heap in ${textAt(container, 'Memory')} MiB of memory`;
  const mend = `lower --max-old-space-size to ${Math.floor(memory * HEAP_SHARE)}: V8 must run full before the kernel kills`;
  return [problem(what, mend, container, 'Memory')];
}
