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
import { PROJECT } from './project.ts';
import type { Target } from './target.ts';

/** Whose a bucket is has to be asked with every call: its name can be guessed, and so be taken by another account. */
type OwnBucket = { Bucket: string; ExpectedBucketOwner: string };

/** Names of buckets are those of all accounts, so ours bears account and region. */
async function ownBucket({ sts, s3, profile }: Target): Promise<OwnBucket> {
  const { Account = '' } = await sts.send(new GetCallerIdentityCommand({}));
  const Bucket = `${PROJECT}-${profile.name}-templates-${Account}-${await s3.config.region()}`;
  return { Bucket, ExpectedBucketOwner: Account };
}

/**
 * The bucket for the templates that root.yaml nests, as CloudFormation takes those from S3 only: made when it is not
 * there yet. New buckets are private to the account and encrypted.
 */
async function ensureBucket(target: Target): Promise<OwnBucket> {
  const own = await ownBucket(target);
  const { Bucket } = own;
  const found = await look(target, own);
  if (found === 'there') return own;
  if (found === 'refused')
    throw new Error(
      `The bucket ${Bucket} is another account's, or not for these credentials: S3 does not let it be seen.`,
    );
  const region = await target.s3.config.region();
  const place = region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: region as never } };
  await target.s3.send(new CreateBucketCommand({ Bucket, ...place }));
  await target.s3.send(new PutBucketTaggingCommand({ ...own, Tagging: { TagSet: target.tags } }));
  return own;
}

/**
 * Uploads them below the name of the project, where the role of CloudFormation may read, into a folder that is named by what is in it, so that an address stands for one text for ever. Resolves to the
 * address of a name.
 */
export async function uploadTemplates(
  target: Target,
  files: readonly TemplateFile[],
): Promise<(name: string) => string> {
  const own = await ensureBucket(target);
  const hash = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16);
  const region = await target.s3.config.region();
  const keyOf = (name: string) => `${PROJECT}/${hash}/${name}`;
  const addressOf = (name: string) => `https://${own.Bucket}.s3.${region}.amazonaws.com/${keyOf(name)}`;
  for (const { name, body } of files) {
    const Body = withAddresses(body, addressOf);
    await target.s3.send(new PutObjectCommand({ ...own, Key: keyOf(name), Body }));
  }
  return addressOf;
}

/**
 * Resolves to the bucket's name when there was one. A bucket that S3 does not let be seen is left alone: whoever deployed layer
 * by layer may have no right to look, and what is ours would be listed by its tags.
 */
export async function deleteBucket(target: Target): Promise<string | undefined> {
  const own = await ownBucket(target);
  if ((await look(target, own)) !== 'there') return undefined;
  await emptyBucket(target.s3, own.Bucket, own.ExpectedBucketOwner);
  await target.s3.send(new DeleteBucketCommand(own));
  return own.Bucket;
}

function look({ s3 }: Target, own: OwnBucket): Promise<'there' | 'none' | 'refused'> {
  return s3.send(new HeadBucketCommand(own)).then(
    () => 'there',
    (error: Error & { $metadata?: { httpStatusCode?: number } }) => {
      if (error.name === 'NotFound' || error.name === 'NoSuchBucket') return 'none';
      if (error.$metadata?.httpStatusCode === 403) return 'refused';
      throw error;
    },
  );
}
