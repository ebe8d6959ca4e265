import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readProfile, readTemplates } from '../infra-check/resolve/read-infra.ts';
import { commandLine, issueCertificate, root, unprotectTables } from './command-line.fixture.ts';
import { whatIsThere } from './emulated-account.fixture.ts';
import { layersOf } from './layers.ts';
import { resetMoto } from './moto.fixture.ts';

const endpoint = process.env.MOTO_ENDPOINT ?? '';
const workshop = commandLine(endpoint, 'workshop');
const production = commandLine(endpoint, 'production');
const deployed = ['--skip-push', '--image-tag', 'TEST'];
const layers = layersOf(readTemplates(root), readProfile(root, 'production')).map(({ name }) => name);
const reset = () => resetMoto(endpoint);

// The commands build on each other, as they do for whoever has both.
describe('workshop and production in one emulated account', () => {
  let before: string[] = [];
  beforeAll(async () => {
    await reset();
    before = await whatIsThere(endpoint);
  });
  afterAll(reset);

  test('begin with production, which makes nothing while its values only stand for others', async () => {
    const { code, output } = await production('deploy', ...deployed);
    expect(code).toBe(1);
    for (const name of ['CertificateArn', 'PublicHostName', 'CallbackUrl', 'AlarmEmail', 'GatewayUrl'])
      expect(output).toContain(`--parameter ${name}=`);
    expect(output).toContain('Nothing was made.');
    expect(await whatIsThere(endpoint)).toEqual(before);
  });

  test('have production to its end once it is given real values', async () => {
    const values = [
      `CertificateArn=${await issueCertificate(endpoint, 'shop.test')}`,
      'PublicHostName=shop.test',
      'CallbackUrl=https://shop.test/',
      'AlarmEmail=operations@shop.test',
      'GatewayUrl=https://gateway.test',
    ];
    const { code, output } = await production(
      'deploy',
      ...deployed,
      ...values.flatMap((each) => ['--parameter', each]),
    );
    expect([code, output]).toEqual([0, expect.any(String)]);
    const created = [...output.matchAll(/^fargate-shop-(?:production-)?(\S+) +created/gm)].map(([, name]) => name);
    expect(created).toEqual(layers);
  });

  test('keep the values of production without their being given again', async () => {
    const { code, output } = await production('deploy', ...deployed);
    expect([code, output.match(/ no changes /g)?.length]).toEqual([0, layers.length]);
  });

  test('share the registry, which is there already for the workshop', async () => {
    const { code, output } = await workshop('deploy', ...deployed);
    expect([code, output]).toEqual([0, expect.stringMatching(/^fargate-shop-registry +no changes/m)]);
  });

  test('leave the registry when one of them goes, and say whose it still is', async () => {
    const { code, output } = await workshop('destroy');
    expect([code, output]).toEqual([
      0,
      expect.stringMatching(/^fargate-shop-registry +kept: production runs its images/m),
    ]);
    expect(await whatIsThere(endpoint)).toContain('repository fargate-shop/order');
    const { output: status } = await workshop('status');
    expect(status).toContain('No stack of it is there. fargate-shop-registry, which all environments share, is.');
  });

  test('leave production whole as long as anything protects it, and say what lifts that', async () => {
    const there = await whatIsThere(endpoint);
    const { code, output } = await production('destroy', '--confirm', 'fargate-shop-production');
    expect([code, output]).toEqual([1, expect.stringContaining('so nothing was deleted')]);
    expect(output.match(/aws dynamodb update-table --no-deletion-protection-enabled --table-name \S+/g)).toHaveLength(
      4,
    );
    expect(output).not.toContain(' deleted ');
    expect(await whatIsThere(endpoint)).toEqual(there);
  });

  test('leave nothing when the last one goes, once nothing protects it any more', async () => {
    await unprotectTables(endpoint);
    const { code, output } = await production('destroy', '--confirm', 'fargate-shop-production');
    expect([code, output]).toEqual([0, expect.stringMatching(/^fargate-shop-registry +deleted/m)]);
    expect(await whatIsThere(endpoint)).toEqual(before);
  });
});
