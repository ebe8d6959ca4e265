import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { afterEach, describe, expect, test } from '@jest/globals';
import { listAt, objectsAt } from '../infra-check/resolve/json.ts';
import { resolveChapters } from '../infra-check/resolve/resolve-chapters.ts';
import { profileWith, templates } from '../infra-contracts/shop.fixture.ts';
import { accessTo, type FakeAws, type Given, startFakeAws } from './fake-aws.fixture.ts';
import type { Target } from './target.ts';
import { deleteBucket, uploadTemplates } from './template-bucket.ts';

const ACCOUNT = '123456789012';
const identity = `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${ACCOUNT}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;
const versions = (more: string) => `<ListVersionsResult>${more}</ListVersionsResult>`;
const fakes: FakeAws[] = [];
afterEach(() => Promise.all(fakes.splice(0).map((fake) => fake.stop())));

/** A target whose S3 answers the question after a bucket so. */
async function targetWith(head: Given): Promise<{ target: Target; fake: FakeAws }> {
  let isEmpty = false;
  const fake = await startFakeAws(({ method, path, form }) => {
    if (form.get('Action') === 'GetCallerIdentity') return { body: identity };
    if (method === 'HEAD') return head;
    if (path.includes('?versions') && !isEmpty) {
      isEmpty = true;
      return { body: versions('<Version><Key>one</Key><VersionId>1</VersionId></Version>') };
    }
    if (path.includes('?versions')) return { body: versions('') };
    return path.includes('?delete') ? { body: '<DeleteResult/>' } : {};
  });
  fakes.push(fake);
  const access = accessTo(fake.endpoint);
  const s3 = new S3Client({ ...access, forcePathStyle: true });
  const target = { s3, sts: new STSClient(access), profile: { name: 'workshop', values: {} }, tags: [] };
  return { target: target as unknown as Target, fake };
}

const ofS3 = ({ asked }: FakeAws) => asked.filter(({ form }) => !form.has('Action'));
const file = { name: 'service.yaml', body: 'Resources: {}' };

describe('the bucket for nested templates', () => {
  test('is asked with every call whether it is of this account', async () => {
    const { target, fake } = await targetWith({});
    await uploadTemplates(target, [file]);
    await deleteBucket(target);
    const calls = ofS3(fake).map(({ method, headers }) => [method, headers['x-amz-expected-bucket-owner']]);
    expect(calls.map(([method]) => method)).toEqual(['HEAD', 'PUT', 'HEAD', 'GET', 'POST', 'GET', 'DELETE']);
    expect([...new Set(calls.map(([, owner]) => owner))]).toEqual([ACCOUNT]);
  });

  test('takes no template when it is of another account, and is then not deleted', async () => {
    const { target, fake } = await targetWith({ status: 403 });
    await expect(uploadTemplates(target, [file])).rejects.toThrow(/is another account's, or not for these credentials/);
    expect(await deleteBucket(target)).toBeUndefined();
    expect(ofS3(fake).map(({ method }) => method)).toEqual(['HEAD', 'HEAD']);
  });

  test('keeps templates where the role of CloudFormation may read', async () => {
    const { target, fake } = await targetWith({});
    const addressOf = await uploadTemplates(target, [file]);
    const { hostname, pathname: key } = new URL(addressOf('service.yaml'));
    expect(ofS3(fake).find(({ method }) => method === 'PUT')?.path).toContain(key);
    const { stacks } = resolveChapters(templates, profileWith('workshop'));
    const readable = (stacks.find(({ name }) => name === 'delivery-role')?.resources ?? [])
      .flatMap(({ properties }) => objectsAt(properties, 'PolicyDocument', 'Statement'))
      .filter((statement) => listAt(statement, 'Action').includes('s3:GetObject'))
      .flatMap((statement) => listAt(statement, 'Resource').map(String));
    expect(readable).toHaveLength(1);
    const pattern = readable[0]?.replace(/^.*:::/, '').replaceAll('*', '.*');
    expect(`${hostname.split('.')[0]}${key}`).toMatch(new RegExp(`^${pattern}$`));
  });
});
