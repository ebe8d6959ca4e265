import { at, isObject, type JsonObject, objectsAt, textAt } from '../infra-check/resolve/json.ts';
import type { Workflow } from './read-workflows.ts';
import { scriptFaults } from './script-faults.ts';

/** Any right beyond these has its reason here: to read the code, and to ask for the token that AWS trusts. */
const rights: { [right: string]: string } = { contents: 'read', 'id-token': 'write' };

/** What actionlint does not ask of a workflow, and this repository does. A sentence for each fault. */
export function workflowFaults({ file, text, body }: Workflow, scripts: readonly string[]): string[] {
  const jobs = jobsOf(body);
  const faults = [
    ...permissionFaults('the workflow', at(body, 'permissions')),
    ...jobs.flatMap(([name, job]) => jobFaults(name, job, scripts)),
    ...unpinned(text).map((uses) => `${uses} is not pinned by a commit with its version beside it`),
  ];
  return faults.map((fault) => `${file}: ${fault}`);
}

export function jobsOf(body: JsonObject): [string, JsonObject][] {
  const jobs = at(body, 'jobs');
  return Object.entries(isObject(jobs) ? jobs : {}).filter((job): job is [string, JsonObject] => isObject(job[1]));
}

function jobFaults(name: string, job: JsonObject, scripts: readonly string[]): string[] {
  const callsWorkflow = textAt(job, 'uses') !== undefined;
  const steps = objectsAt(job, 'steps');
  const faults = steps.flatMap((step) => [
    ...scriptFaults(textAt(step, 'run') ?? '', scripts),
    ...(/^actions\/checkout@/.test(textAt(step, 'uses') ?? '') &&
    textAt(step, 'with', 'persist-credentials') !== 'false'
      ? ['leaves the token of the repository in its working copy']
      : []),
  ]);
  // A job that calls another workflow may have no limit of its own: the called one has it.
  if (!callsWorkflow && !(Number(textAt(job, 'timeout-minutes')) > 0)) faults.push('has no timeout-minutes');
  if (at(job, 'permissions') !== undefined) faults.push(...permissionFaults('it', at(job, 'permissions')));
  return faults.map((fault) => `job ${name}: ${fault}`);
}

function permissionFaults(who: string, permissions: unknown): string[] {
  if (typeof permissions !== 'object' || permissions === null)
    return [`${who} does not name its permissions one by one`];
  return Object.entries(permissions)
    .filter(([right, access]) => access !== 'none' && access !== 'read' && rights[right] !== access)
    .map(([right, access]) => `${who} has the permission ${right}: ${access}`);
}

/** Tags of actions can be moved, commits cannot. Workflows of this repository are of the same commit. */
function unpinned(text: string): string[] {
  return [...text.matchAll(/^\s*(?:- )?uses: +(\S+)(.*)$/gm)]
    .filter(([, uses = '', rest = '']) => !uses.startsWith('./') && !isPinned(uses, rest))
    .map(([, uses]) => String(uses));
}

function isPinned(uses: string, comment: string): boolean {
  return /@[0-9a-f]{40}$/.test(uses) && /^ +# v\d+\.\d+\.\d+$/.test(comment);
}
