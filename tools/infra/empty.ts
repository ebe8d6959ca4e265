import {
  type CloudFormationClient,
  ListStackResourcesCommand,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';
import { BatchDeleteImageCommand, type ECRClient, ListImagesCommand } from '@aws-sdk/client-ecr';
import { DeleteObjectsCommand, ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Target } from './target.ts';

const IMAGES_AT_A_TIME = 100;

export type StackResource = { type: string; id: string };

/** What a stack and those that it nests hold, by the ids that the services give. */
export async function resourcesOf(client: CloudFormationClient, StackName: string): Promise<StackResource[]> {
  const found: StackResourceSummary[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new ListStackResourcesCommand({ StackName, NextToken }));
    found.push(...(page.StackResourceSummaries ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  const own = found.flatMap(({ ResourceStatus, ResourceType: type, PhysicalResourceId: id }) =>
    type && id && ResourceStatus !== 'DELETE_COMPLETE' ? [{ type, id }] : [],
  );
  const nested = own.filter(({ type }) => type === 'AWS::CloudFormation::Stack');
  return [...own, ...(await Promise.all(nested.map(({ id }) => resourcesOf(client, id)))).flat()];
}

/**
 * Removes what buckets and repositories hold: CloudFormation deletes neither while it holds something. One that somebody has
 * deleted by hand holds nothing, and CloudFormation takes it for gone.
 */
export async function emptyResources(
  { s3, ecr }: Pick<Target, 's3' | 'ecr'>,
  resources: readonly StackResource[],
): Promise<void> {
  for (const { type, id } of resources) {
    if (type === 'AWS::S3::Bucket') await emptyBucket(s3, id).catch(unlessGone);
    if (type === 'AWS::ECR::Repository') await emptyRepository(ecr, id).catch(unlessGone);
  }
}

function unlessGone(error: Error): void {
  if (!['NoSuchBucket', 'RepositoryNotFoundException'].includes(error.name)) throw error;
}

/** With an owner, only when the bucket is that account's. */
export async function emptyBucket(client: S3Client, Bucket: string, ExpectedBucketOwner?: string): Promise<void> {
  const bucket = { Bucket, ExpectedBucketOwner };
  for (;;) {
    // Always the first page: the one before it is deleted by then.
    const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand(bucket));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) return;
    const { Errors = [] } = await client.send(
      new DeleteObjectsCommand({ ...bucket, Delete: { Objects, Quiet: true } }),
    );
    if (Errors[0]) throw new Error(`${Bucket} keeps ${Errors[0].Key}: ${Errors[0].Message}`);
  }
}

export async function emptyRepository(client: ECRClient, repositoryName: string): Promise<void> {
  for (;;) {
    // Always the first page: the one before it is deleted by then.
    const list = new ListImagesCommand({ repositoryName, maxResults: IMAGES_AT_A_TIME });
    const { imageIds: listed = [] } = await client.send(list);
    if (listed.length === 0) return;
    // By digest: one image may have several tags.
    const digests = [...new Set(listed.map(({ imageDigest }) => imageDigest))];
    const ids = digests.map((imageDigest) => ({ imageDigest }));
    const batch = new BatchDeleteImageCommand({ repositoryName, imageIds: ids });
    const { imageIds = [], failures = [] } = await client.send(batch);
    // An image of an index is refused as long as the index is there, which may have gone in the same round.
    if (imageIds.length === 0)
      throw new Error(`${repositoryName} keeps ${failures[0]?.imageId?.imageDigest}: ${failures[0]?.failureReason}`);
  }
}
