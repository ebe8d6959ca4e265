import { ECRClient } from '@aws-sdk/client-ecr';
import { afterEach, expect, test } from '@jest/globals';
import { profileWith, templates } from '../infra-contracts/shop.fixture.ts';
import { accessTo, type FakeAws, startFakeAws } from './fake-aws.fixture.ts';
import { imagesFirst } from './images-first.ts';
import { layersOf } from './layers.ts';
import type { Target } from './target.ts';

const fakes: FakeAws[] = [];
afterEach(() => Promise.all(fakes.splice(0).map((fake) => fake.stop())));
const layers = layersOf(templates, profileWith('workshop'));
const layer = (name: string) => {
  const found = layers.find((each) => each.name === name);
  if (!found) throw new Error(`There is no layer ${name}`);
  return found;
};
const [registry, network] = [layer('registry'), layer('network')];
const outputs = { OrderRepositoryUri: 'registry.example/fargate-shop/order' };

/** What is done before a layer, in an account whose repositories hold images or none. */
async function beforeLayers(tag: string, { skipPush, isThere }: { skipPush: boolean; isThere: boolean }) {
  const none = { status: 400, body: JSON.stringify({ __type: 'ImageNotFoundException', message: 'none' }) };
  const image = { body: JSON.stringify({ imageDetails: [{ imageDigest: 'sha256:one' }] }) };
  const fake = await startFakeAws(() => (isThere ? image : none));
  fakes.push(fake);
  const target = { emulator: false, ecr: new ECRClient(accessTo(fake.endpoint)) } as unknown as Target;
  return { fake, before: imagesFirst(target, layers, tag, skipPush) };
}

test('images that are said to be there are looked for once there are repositories, before anything that costs', async () => {
  const { fake, before } = await beforeLayers('one', { skipPush: true, isThere: false });
  await before(registry, {});
  expect(fake.asked).toEqual([]);
  await expect(before(network, outputs)).rejects.toThrow('There is no image one in fargate-shop/order');
});

test('a tag that cannot be built is refused before anything that costs', async () => {
  const { before } = await beforeLayers('abcdef0', { skipPush: false, isThere: false });
  await expect(before(network, outputs)).rejects.toThrow('There is no image abcdef0');
});

test('images that are there are run by their digests', async () => {
  const { before } = await beforeLayers('one', { skipPush: true, isThere: true });
  const uri = outputs.OrderRepositoryUri;
  expect([...(await before(network, outputs))]).toEqual([[`${uri}:one`, `${uri}@sha256:one`]]);
});
