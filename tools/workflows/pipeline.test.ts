import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { isObject, type JsonObject, listAt, objectsAt, textAt } from '../infra-check/resolve/json.ts';
import { profileNames } from '../infra-check/resolve/read-infra.ts';
import { resolveChapters } from '../infra-check/resolve/resolve-chapters.ts';
import { profileWith, root, templates } from '../infra-contracts/shop.fixture.ts';
import { readWorkflows } from './read-workflows.ts';
import { scriptFaults } from './script-faults.ts';
import { jobsOf } from './workflow-faults.ts';

const text = readFileSync(join(root, 'infra/buildspec.yml'), 'utf8');
const npmScripts = Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts);
const buildspec = parse(text) as JsonObject;
const commandsOf = (phase: string) =>
  ['commands', 'finally'].flatMap((block) => listAt(buildspec, 'phases', phase, block).map(String));

/** The commands of npm with their options, in their order. */
const infraCommands = (scripts: readonly string[]) =>
  scripts.flatMap((script) => [...script.matchAll(/npm run infra:.+/g)].map(([line]) => line.trim()));

function resources(profile: string, stack: string) {
  const found = resolveChapters(templates, profileWith(profile)).stacks.find(({ name }) => name === stack);
  return Object.fromEntries((found?.resources ?? []).map(({ id, properties }) => [id, properties]));
}

describe('the build of CodePipeline', () => {
  test('runs the commands that the release from GitHub runs, in the same order', () => {
    const release = readWorkflows(root).find(({ file }) => file.endsWith('/release.yml'));
    const [[, job] = ['', {}]] = jobsOf(release?.body ?? {});
    const steps = objectsAt(job, 'steps').flatMap((step) => textAt(step, 'run') ?? []);
    expect(infraCommands(['build', 'post_build'].flatMap(commandsOf))).toEqual(infraCommands(steps));
    expect(textAt(buildspec, 'env', 'variables', 'BEFORE')).toBe(textAt(job, 'env', 'BEFORE'));
  });

  test('is checked by .ci/run before anything is deployed', () => {
    expect(commandsOf('pre_build')).toEqual(['./.ci/run']);
    for (const phase of ['install', 'pre_build'])
      expect(textAt(buildspec, 'phases', phase, 'on-failure')).toBe('ABORT');
  });

  test('leaves time to go back, as much as the release from GitHub', () => {
    const release = readWorkflows(root).find(({ file }) => file.endsWith('/release.yml'));
    const [[, job] = ['', {}]] = jobsOf(release?.body ?? {});
    const deploy = objectsAt(job, 'steps').find((step) => textAt(step, 'id') === 'deploy');
    expect(commandsOf('build')[0]).toMatch(`timeout ${textAt(deploy, 'timeout-minutes')}m npm run infra:deploy`);
  });

  test('names scripts that exist, and prints nothing that it should not', () => {
    const phases = isObject(buildspec.phases) ? Object.keys(buildspec.phases) : [];
    const scripts = phases.flatMap(commandsOf);
    expect(scripts.length).toBeGreaterThan(4);
    expect(scripts.flatMap((script) => scriptFaults(script, npmScripts))).toEqual([]);
    expect(scriptFaults('npm run infra:smok -- --profile x\nprintenv', npmScripts)).toHaveLength(2);
  });

  test.each([...profileNames])('is given in %s the variables that it reads', (profile) => {
    const given = objectsAt(resources(profile, 'delivery-pipeline').Build, 'Environment', 'EnvironmentVariables');
    const own = ['BEFORE', 'CODEBUILD_BUILD_SUCCEEDING'];
    const read = new Set([...text.matchAll(/"\$(\w+)"/g)].map(([, name]) => String(name)));
    expect(given.map((each) => textAt(each, 'Name')).sort()).toEqual(
      [...read].filter((name) => !own.includes(name)).sort(),
    );
    expect(given.map((each) => textAt(each, 'Value'))).toContain(profile);
  });

  test.each([...profileNames])('may change in %s what GitHub may change, and no more', (profile) => {
    const [pipeline, github] = [resources(profile, 'delivery-pipeline'), resources(profile, 'delivery')];
    // The ids of what is referred to hold the name of their stack.
    const rights = (policy: JsonObject | undefined) => objectsAt(policy, 'PolicyDocument', 'Statement');
    for (const policy of ['PushPolicy', 'ChangePolicy']) {
      expect(rights(github[policy]).length).toBeGreaterThan(1);
      expect(rights(pipeline[policy])).toEqual(rights(github[policy]));
    }
    const others = Object.keys(pipeline).filter((id) =>
      JSON.stringify(pipeline[id]?.Roles ?? '').includes('BuildRole'),
    );
    expect(others.sort()).toEqual(['BuildPolicy', 'ChangePolicy', 'PushPolicy']);
  });

  test('waits for somebody in production, and not in the workshop', () => {
    const stages = (profile: string) =>
      objectsAt(resources(profile, 'delivery-pipeline').Pipeline, 'Stages').map((stage) => textAt(stage, 'Name'));
    expect(stages('production')).toEqual(['Source', 'Approval', 'Release']);
    expect(stages('workshop')).toEqual(['Source', 'Release']);
  });
});
