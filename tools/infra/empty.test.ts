import { ECRClient } from '@aws-sdk/client-ecr';
import { afterEach, describe, expect, test } from '@jest/globals';
import { emptyRepository } from './empty.ts';
import { accessTo, operationOf, startFakeAws } from './fake-aws.fixture.ts';

type ImageId = { imageDigest: string };

const opened: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

/** A repository as ECR keeps it: what an index names is not deleted while the index is there, nor by the call that deletes that. */
async function repositoryOf(indexed: { [index: string]: string[] }, others: string[] = []) {
  let images = [...Object.values(indexed).flat(), ...Object.keys(indexed), ...others];
  const aws = await startFakeAws((question) => {
    const { body } = question;
    if (operationOf(question) === 'ListImages')
      return { body: JSON.stringify({ imageIds: images.map((imageDigest) => ({ imageDigest })) }) };
    const asked = (JSON.parse(body).imageIds as ImageId[]).map(({ imageDigest }) => imageDigest);
    const held = Object.entries(indexed).flatMap(([index, children]) => (images.includes(index) ? children : []));
    const gone = asked.filter((each) => !held.includes(each) && each !== 'locked');
    const kept = asked.filter((each) => !gone.includes(each));
    images = images.filter((each) => !gone.includes(each));
    const failures = kept.map((imageDigest) => ({
      imageId: { imageDigest },
      failureCode: 'ImageReferencedByManifestList',
      failureReason: 'Requested image referenced by manifest list',
    }));
    return { body: JSON.stringify({ imageIds: gone.map((imageDigest) => ({ imageDigest })), failures }) };
  });
  const client = new ECRClient(accessTo(aws.endpoint));
  opened.push(aws.stop, () => client.destroy());
  return { client, left: () => images };
}

describe('a repository', () => {
  test('is emptied of indexes first and then of what they named', async () => {
    const { client, left } = await repositoryOf({ index: ['arm64', 'attestation'] }, ['plain']);
    await emptyRepository(client, 'fargate-shop/order');
    expect(left()).toEqual([]);
  });

  test('that keeps an image all the same is told with the reason', async () => {
    const { client } = await repositoryOf({}, ['plain', 'locked']);
    await expect(emptyRepository(client, 'fargate-shop/order')).rejects.toThrow(
      'fargate-shop/order keeps locked: Requested image referenced by manifest list',
    );
  });
});
