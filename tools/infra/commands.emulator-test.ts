import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readProfile, readTemplates } from '../infra-check/resolve/read-infra.ts';
import { commandLine, root } from './command-line.fixture.ts';
import { whatIsThere } from './emulated-account.fixture.ts';
import { layersOf } from './layers.ts';
import { stackName } from './target.ts';

const endpoint = process.env.MOTO_ENDPOINT ?? '';
const layers = layersOf(readTemplates(root), readProfile(root, 'workshop')).map(({ name }) => name);
const infra = commandLine(endpoint, 'workshop');
const deploy = (tag: string, ...options: string[]) => infra('deploy', '--skip-push', '--image-tag', tag, ...options);

// The commands build on each other, as they do for whoever works through the workshop.
describe('the shop in an emulated account', () => {
  let before: string[] = [];
  beforeAll(async () => {
    await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
    before = await whatIsThere(endpoint);
  });
  afterAll(async () => {
    await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
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

  test('tells its state', async () => {
    const { output } = await infra('status');
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
    expect((await infra('status')).output).toContain('No stack of it is there.');
  });
});
