import { createHash } from 'node:crypto';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  HeadBucketCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { emptyBucket } from './empty.ts';
import { type TemplateFile, withAddresses } from './nested-templates.ts';
import { PROJECT, type Target } from './target.ts';

/** Names of buckets are those of all accounts, so ours bears account and region. */
export async function bucketName({ sts, s3, profile }: Target): Promise<string> {
  const { Account } = await sts.send(new GetCallerIdentityCommand({}));
  return `${PROJECT}-${profile.name}-templates-${Account}-${await s3.config.region()}`;
}

/**
 * The bucket for the templates that root.yaml nests, as CloudFormation takes those from S3 only: made when it is not
 * there yet. New buckets are private to the account and encrypted.
 */
export async function ensureBucket(target: Target): Promise<string> {
  const Bucket = await bucketName(target);
  if (await isThere(target, Bucket)) return Bucket;
  const region = await target.s3.config.region();
  const place = region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: region as never } };
  await target.s3.send(new CreateBucketCommand({ Bucket, ...place }));
  await target.s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: target.tags } }));
  return Bucket;
}

/**
 * Uploads them into a folder that is named by what is in it, so that an address stands for one text for ever. Resolves to the
 * address of a name.
 */
export async function uploadTemplates(
  target: Target,
  files: readonly TemplateFile[],
): Promise<(name: string) => string> {
  const Bucket = await ensureBucket(target);
  const hash = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16);
  const region = await target.s3.config.region();
  const addressOf = (name: string) => `https://${Bucket}.s3.${region}.amazonaws.com/${hash}/${name}`;
  for (const { name, body } of files) {
    const Body = withAddresses(body, addressOf);
    await target.s3.send(new PutObjectCommand({ Bucket, Key: `${hash}/${name}`, Body }));
  }
  return addressOf;
}

/** Resolves to the bucket's name when there was one. */
export async function deleteBucket(target: Target): Promise<string | undefined> {
  const Bucket = await bucketName(target);
  if (!(await isThere(target, Bucket))) return undefined;
  await emptyBucket(target.s3, Bucket);
  await target.s3.send(new DeleteBucketCommand({ Bucket }));
  return Bucket;
}

function isThere({ s3 }: Target, Bucket: string): Promise<boolean> {
  return s3.send(new HeadBucketCommand({ Bucket })).then(
    () => true,
    (error: Error) => {
      if (error.name === 'NotFound' || error.name === 'NoSuchBucket') return false;
      throw error;
    },
  );
}
