import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { actionlint } from './actionlint.ts';
import { readWorkflows, toWorkflow, WORKFLOWS } from './read-workflows.ts';
import { workflowFaults } from './workflow-faults.ts';

const root = join(import.meta.dirname, '../..');
const npmScripts = Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts);
const folder = mkdtempSync(join(tmpdir(), 'workflows-'));
afterAll(() => rmSync(folder, { recursive: true }));

const checkout = 'actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0';
const sound = `name: sound
on: push
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-24.04-arm
    timeout-minutes: 5
    steps:
      - uses: ${checkout}
        with:
          persist-credentials: false
      - run: npm run lint
`;
const echo = (expression: string) => `echo \${{ ${expression} }}`;
const mutated = (from: string, to: string) => {
  if (!sound.includes(from)) throw new Error(`The sound workflow has no "${from}"`);
  return sound.replace(from, to);
};

/** By actionlint, in a folder of its own. */
async function lint(name: string, text: string): Promise<string> {
  mkdirSync(join(folder, name, WORKFLOWS), { recursive: true });
  writeFileSync(join(folder, name, WORKFLOWS, 'one.yml'), text);
  return actionlint(join(folder, name), `${WORKFLOWS}/*.yml`);
}

describe('the workflows of GitHub Actions', () => {
  const workflows = readWorkflows(root);

  test('are valid for actionlint', async () => {
    expect(await actionlint(root, `${WORKFLOWS}/*.yml`)).toBe('');
  });

  test('are pinned, limited in time and rights, and run scripts that exist', () => {
    expect(workflows.length).toBeGreaterThan(0);
    expect(workflows.flatMap((workflow) => workflowFaults(workflow, npmScripts))).toEqual([]);
  });

  test('check by .ci/run what everybody checks by it', () => {
    const ci = workflows.find(({ file }) => file.endsWith('/ci.yml'));
    expect(ci?.text).toMatch(/^ +- run: \.\/\.ci\/run$/m);
  });
});

describe('a sound workflow', () => {
  const faultsOf = (text: string) => workflowFaults(toWorkflow('one.yml', text), npmScripts);

  test('has no fault', async () => {
    expect(faultsOf(sound)).toEqual([]);
    expect(await lint('sound', sound)).toBe('');
  });

  test.each([
    ['a tag', checkout, 'actions/checkout@v5', 'actions/checkout@v5 is not pinned'],
    ['a commit without its version', ' # v5.0.0', '', 'is not pinned'],
    ['no time limit', '    timeout-minutes: 5\n', '', 'job check: has no timeout-minutes'],
    ['no permissions', 'permissions:\n  contents: read\n', '', 'does not name its permissions'],
    [
      'all permissions',
      'permissions:\n  contents: read\n',
      'permissions: write-all\n',
      'does not name its permissions',
    ],
    ['a right to write', 'contents: read', 'contents: write', 'the workflow has the permission contents: write'],
    ['a token that stays', 'persist-credentials: false', 'fetch-depth: 1', 'leaves the token'],
    ['a script that is none', 'npm run lint', 'npm run --silent lintt', 'npm run lintt is no script'],
    ['a secret in a script', 'npm run lint', echo('secrets.KEY'), 'puts a secret into a script'],
    ['a title in a script', 'npm run lint', echo('github.event.issue.title'), 'puts what others wrote'],
    ['its environment printed', 'npm run lint', 'printenv', 'prints its environment'],
  ])('has a fault with %s', (_what, from, to, fault) => {
    expect(faultsOf(mutated(from, to))).toEqual([expect.stringContaining(fault)]);
  });

  test.each([
    ['a runner that is not there', 'ubuntu-24.04-arm', 'ubuntu-24.04-harm', 'label "ubuntu-24.04-harm" is unknown'],
    ['a key that is none', 'timeout-minutes', 'time-limit', 'unexpected key "time-limit"'],
    ['an output of no step', 'npm run lint', echo('steps.none.outputs.a'), 'property "none" is not defined'],
    ['an event that is none', 'on: push', 'on: pushed', 'unknown Webhook event "pushed"'],
  ])('is refused by actionlint with %s', async (what, from, to, message) => {
    expect(await lint(what, mutated(from, to))).toContain(message);
  });
});
