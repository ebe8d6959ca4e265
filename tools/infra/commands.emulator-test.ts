import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readProfile, readTemplates } from '../infra-check/resolve/read-infra.ts';
import { commandLine, deleteStack, root } from './command-line.fixture.ts';
import { whatIsThere } from './emulated-account.fixture.ts';
import { imagesOfStacks, putImages } from './emulated-images.fixture.ts';
import { layersOf } from './layers.ts';
import { resetMoto } from './moto.fixture.ts';
import { stackName } from './target.ts';

const endpoint = process.env.MOTO_ENDPOINT ?? '';
const layers = layersOf(readTemplates(root), readProfile(root, 'workshop')).map(({ name }) => name);
const infra = commandLine(endpoint, 'workshop');
const saved = join(mkdtempSync(join(tmpdir(), 'images-')), 'images.json');
const deploy = (tag: string, ...options: string[]) => infra('deploy', '--skip-push', '--image-tag', tag, ...options);

// The commands build on each other, as they do for whoever works through the workshop.
describe('the shop in an emulated account', () => {
  let before: string[] = [];
  beforeAll(async () => {
    await resetMoto(endpoint);
    before = await whatIsThere(endpoint);
  });
  afterAll(async () => {
    rmSync(dirname(saved), { recursive: true });
    await resetMoto(endpoint);
  });

  test('is deployed layer by layer, and what the emulator lacks is listed', async () => {
    const { code, output } = await deploy('TEST');
    expect([code, output]).toEqual([0, expect.any(String)]);
    const created = [...output.matchAll(/^fargate-shop-(?:workshop-)?(\S+) +created/gm)].map(([, name]) => name);
    expect(created).toEqual(layers);
    expect(output).toMatch(/Left out, as the emulator lacks them: \d+ resources/);
    expect(output).toContain('AWS::SecretsManager::Secret (no container reads it): data/GatewaySecret');
    expect(await whatIsThere(endpoint)).toEqual(
      expect.arrayContaining([
        'cluster fargate-shop-workshop',
        'repository fargate-shop/order',
        'queues 1',
        'tables 5',
      ]),
    );
  });

  test('is as it should be, but not when one of its stacks is missing', async () => {
    expect(await infra('status')).toMatchObject({ code: 0 });
    const name = stackName('workshop', 'jobs');
    await deleteStack(endpoint, name);
    const { code, output } = await infra('status');
    expect([code, output]).toEqual([1, expect.stringMatching(new RegExp(`${name} +│ not there`))]);
    expect(await deploy('TEST', '--layer', 'jobs')).toMatchObject({ code: 0 });
    expect(await infra('status')).toMatchObject({ code: 0 });
  });

  test('is up to date when it is deployed again', async () => {
    const { code, output } = await deploy('TEST');
    expect(code).toBe(0);
    expect(output.match(/ no changes /g)).toHaveLength(layers.length);
  });

  test('runs another build once that is deployed', async () => {
    const { code, output } = await deploy('NEXT');
    expect(code).toBe(0);
    const updated = [...output.matchAll(/^fargate-shop-workshop-(\S+) +updated/gm)].map(([, name]) => name);
    expect(updated).toEqual(expect.arrayContaining(['service-catalog', 'service-payment', 'service-order', 'jobs']));
    expect(updated).not.toContain('network');
  });

  test('keeps its images when one layer is deployed alone', async () => {
    const { code, output } = await infra('deploy', '--layer', 'service');
    expect(code).toBe(0);
    expect(output.match(/ no changes /g)).toHaveLength(3);
  });

  test('runs images by their digests where the repositories have them', async () => {
    await putImages(endpoint, 'BUILT');
    const { code, output } = await deploy('BUILT', '--save-images', saved);
    expect([code, output]).toEqual([0, expect.any(String)]);
    expect(JSON.parse(readFileSync(saved, 'utf8'))).toMatchObject({
      'service-catalog': { ImageUri: expect.stringMatching(/catalog:NEXT$/) },
      'service-payment': { SandboxGatewayImageUri: expect.stringMatching(/sandbox-gateway:NEXT$/) },
    });
    const images = await imagesOfStacks(endpoint);
    expect(images.length).toBeGreaterThan(3);
    for (const image of images) expect(image).toMatch(/\/[\w-]+@sha256:[0-9a-f]{64}$/);
  });

  test('goes back to the images of before, and changes nothing else', async () => {
    const { code, output } = await infra('deploy', '--images', saved);
    expect([code, output]).toEqual([0, expect.any(String)]);
    expect(output).not.toMatch(/ (network|data|platform|service-scaling-\w+) +(updated|created)/);
    for (const image of await imagesOfStacks(endpoint)) expect(image).toMatch(/:NEXT$/);
  });

  test('is not gone back to by a file of something else, nor by two ways at once', async () => {
    writeFileSync(saved, '{"service-order": "an image"}');
    expect(await infra('deploy', '--images', saved)).toMatchObject({
      code: 1,
      output: expect.stringContaining('does not hold the images of layers'),
    });
    expect(await deploy('NEXT', '--images', saved)).toMatchObject({
      code: 1,
      output: expect.stringContaining('not of both'),
    });
    expect(await infra('deploy', '--images', `${saved}.none`)).toMatchObject({
      code: 0,
      output: expect.stringContaining('so nothing was changed'),
    });
    writeFileSync(saved, '{}');
    expect(await infra('deploy', '--images', saved)).toMatchObject({
      code: 0,
      output: expect.stringContaining('nothing to go back to'),
    });
  });

  test('makes nothing that costs when its images cannot be built', async () => {
    const { code, output } = await infra('deploy', '--image-tag', 'abcdef0');
    expect([code, output]).toEqual([1, expect.stringContaining('There is no image abcdef0')]);
    expect(output).not.toContain('fargate-shop-workshop-network ');
  });

  test('has failed its smoke test when nothing answers at its address', async () => {
    const { code, output } = await infra('smoke', '--patience', '0');
    expect([code, output]).toEqual([1, expect.stringMatching(/in vain until http:\/\/\S+ answers/)]);
    expect(await infra('smoke', '--patience', 'abc')).toMatchObject({
      code: 1,
      output: expect.stringContaining('should be a number of seconds'),
    });
  });

  test('tells its state', async () => {
    const { code, output } = await infra('status');
    // moto leaves the tasks of a service as they are when its stack asks for others.
    expect([code, output]).toEqual([1, expect.stringMatching(/revision \d+ is wanted and 1 runs/)]);
    for (const name of layers) expect(output).toContain(`${stackName('workshop', name)} `);
    expect(output).toMatch(/fargate-shop-workshop-order +│ \d+ +│ \d+ +│/);
    expect(output).toContain('ECS does not tell its service deployments here');
  });

  test('is paused without tasks and resumed with them', async () => {
    expect(await infra('pause')).toMatchObject({ code: 0 });
    expect((await infra('status')).output).toMatch(/fargate-shop-workshop-order +│.*│ 0 +│ 0 +│/);
    expect(await infra('resume')).toMatchObject({ code: 0 });
    expect((await infra('status')).output).toMatch(/fargate-shop-workshop-order +│.*│ 1 +│ 1 +│/);
  });

  test('leaves nothing when it is destroyed', async () => {
    const { code, output } = await infra('destroy');
    expect([code, output]).toEqual([0, expect.any(String)]);
    expect(output.match(/ deleted /g)).toHaveLength(layers.length);
    expect(await whatIsThere(endpoint)).toEqual(before);
    expect(await infra('status')).toEqual({ code: 1, output: expect.stringContaining('No stack of it is there.') });
  });
});
