import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { at, isObject, listAt, objectsAt, textAt } from '../infra-check/resolve/json.ts';
import { profileNames } from '../infra-check/resolve/read-infra.ts';
import { resolveChapters } from '../infra-check/resolve/resolve-chapters.ts';
import { profileWith, root, templates } from '../infra-contracts/shop.fixture.ts';
import { awsCalls } from './aws-calls.ts';
import { readWorkflows } from './read-workflows.ts';
import { jobsOf } from './workflow-faults.ts';

const workflow = (name: string) => {
  const found = readWorkflows(root).find(({ file }) => file.endsWith(`/${name}.yml`));
  if (!found) throw new Error(`There is no workflow ${name}`);
  return found;
};
const releases = jobsOf(workflow('deploy').body).filter(([, job]) => /release\.yml$/.test(textAt(job, 'uses') ?? ''));
const release = jobsOf(workflow('release').body)[0]?.[1] ?? {};

/** What the templates of delivery make for one profile. */
function deliveryOf(profile: string) {
  const { stacks } = resolveChapters(templates, profileWith(profile));
  const delivery = stacks.filter(({ name }) => name === 'delivery' || name === 'delivery-role');
  const resources = delivery.flatMap((stack) => stack.resources);
  return {
    outputs: delivery.flatMap(({ outputs }) => Object.keys(outputs)),
    role: resources.find(({ id }) => id === 'DeployRole')?.properties,
    policies: resources
      .filter(({ properties }) => JSON.stringify(properties.Roles ?? '').includes('DeployRole'))
      .flatMap(({ properties }) => objectsAt(properties, 'PolicyDocument', 'Statement')),
  };
}

describe('the deployment from GitHub', () => {
  test('goes to each profile once, the workshop first, and waits for what goes before', () => {
    expect(releases.map(([, job]) => textAt(job, 'with', 'environment'))).toEqual([...profileNames]);
    expect(releases.map(([, job]) => listAt(job, 'needs'))).toEqual([['check'], ['workshop']]);
    expect(textAt(release, 'environment')).toContain('inputs.environment');
  });

  test.each([...profileNames])('is trusted by the role of %s in the environment of that name only', (profile) => {
    const { role } = deliveryOf(profile);
    const repository = textAt(profileWith(profile).values, 'delivery', 'Repository');
    const [statement, ...more] = objectsAt(role, 'AssumeRolePolicyDocument', 'Statement');
    expect(more).toEqual([]);
    expect(at(statement, 'Condition')).toEqual({
      StringEquals: {
        'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
        'token.actions.githubusercontent.com:sub': `repo:${repository}:environment:${profile}`,
      },
    });
  });

  test('asks for a token of GitHub in the jobs that deploy, and nowhere else', () => {
    const asking = readWorkflows(root).flatMap(({ body }) =>
      jobsOf(body).filter(([, job]) => textAt(job, 'permissions', 'id-token') === 'write'),
    );
    expect(asking.map(([name]) => name)).toEqual(['workshop', 'production', 'release']);
  });

  test('reads no secret, and variables that are outputs of the templates or explained', () => {
    const texts = readWorkflows(root).map(({ text }) => text);
    expect(texts.filter((text) => /\bsecrets\b/.test(text))).toEqual([]);
    const read = [
      ...new Set(texts.flatMap((text) => [...text.matchAll(/\bvars\.(\w+)/g)].map(([, name]) => `${name}`))),
    ];
    const explained = readFileSync(join(root, 'infra/README.md'), 'utf8');
    expect(read.filter((name) => !explained.includes(`\`${name}\``))).toEqual([]);
    const shouting = (output: string) => output.replace(/(?<=[a-z])[A-Z]/g, '_$&').toUpperCase();
    const outputs = deliveryOf('workshop').outputs.map((name) =>
      shouting(name.replace('CloudFormation', 'Cloudformation')),
    );
    expect(read.filter((name) => name.endsWith('_ARN') && !outputs.includes(name))).toEqual([]);
    expect(outputs).toEqual(expect.arrayContaining(['DEPLOY_ROLE_ARN', 'CLOUDFORMATION_ROLE_ARN']));
  });

  test('goes back when deployment or smoke test fail, and never cuts a deployment short', () => {
    const steps = objectsAt(release, 'steps');
    const runs = (part: string) => steps.findIndex((step) => textAt(step, 'run')?.includes(part));
    const back = steps[runs('--images ')];
    expect(textAt(back, 'if')).toContain("steps.deploy.outcome == 'failure' || steps.smoke.outcome == 'failure'");
    expect([runs('--save-images '), runs('infra:smoke'), runs('--images ')]).toEqual(
      [runs('--save-images '), runs('infra:smoke'), runs('--images ')].sort((one, other) => one - other),
    );
    expect(textAt(release, 'concurrency', 'cancel-in-progress')).toBe('false');
  });
});

describe('the role that GitHub takes', () => {
  /** Calls that it may well not make, and what happens then. */
  const withoutRight = {
    'cloudformation:DeleteStack': 'the remains of a first deployment that failed are for a person to delete',
    'cloudformation:DescribeStackResource': 'looks into a stack of stacks, which no pipeline deploys',
    'cloudformation:UpdateStack': 'goes to emulators only',
    'ecs:UpdateService': 'pauses and resumes only',
    'iam:CreateServiceLinkedRole': 'infra:deploy goes on without',
    'sts:GetCallerIdentity': 'needs no right',
  };
  /** Rights that no call of ours names. */
  const byOthers = [
    // docker push
    ...['BatchCheckLayerAvailability', 'BatchGetImage', 'CompleteLayerUpload', 'GetDownloadUrlForLayer'].map(
      (action) => `ecr:${action}`,
    ),
    ...['InitiateLayerUpload', 'PutImage', 'UploadLayerPart'].map((action) => `ecr:${action}`),
    // --role-arn
    'iam:PassRole',
  ];
  const commands = ['deploy', 'smoke', 'status'];
  /** What only --nested calls, which is no option of a release. */
  const skipped = ['deploy-nested'];
  const fileOf = (name: string) => join(root, `tools/infra/${name}.ts`);

  test('runs the commands whose calls are counted here', () => {
    const run = objectsAt(release, 'steps').flatMap((step) => textAt(step, 'run')?.match(/infra:(\w+)/)?.[1] ?? []);
    expect([...new Set(run)].sort()).toEqual(commands);
    expect(JSON.stringify(release)).not.toContain('--nested');
  });

  test.each([...profileNames])('may do in %s what its commands call, and nothing else', (profile) => {
    const calls = awsCalls(commands.map(fileOf), skipped.map(fileOf));
    expect(calls).toEqual(expect.arrayContaining(['cloudformation:CreateChangeSet', 'ecr:DescribeImages']));
    const granted = deliveryOf(profile).policies.flatMap((statement) => listAt(statement, 'Action').map(String));
    const needed = calls.filter((call) => !Object.hasOwn(withoutRight, call));
    expect([...new Set(granted)].sort()).toEqual([...needed, ...byOthers].sort());
    expect(Object.keys(withoutRight).filter((call) => !calls.includes(call))).toEqual([]);
  });

  test('has its rights on what bears the name of the project', () => {
    const wide = deliveryOf('workshop').policies.filter((statement) =>
      listAt(statement, 'Resource').some((resource) => !isObject(resource) && String(resource) === '*'),
    );
    expect(wide.flatMap((statement) => listAt(statement, 'Action'))).toEqual(['ecr:GetAuthorizationToken']);
  });
});
