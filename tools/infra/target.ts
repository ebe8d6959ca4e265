import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { IAMClient } from '@aws-sdk/client-iam';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import type { Template } from '../infra-check/resolve/read-template.ts';
import type { Profile } from '../infra-check/resolve/resolve-chapters.ts';
import { PROJECT } from './project.ts';
import { createStacks } from './stacks.ts';

/** Of one try: the SDK tries some times. Else a lost connection would be waited for until the system gives it up. */
const REQUEST_TIMEOUT_MS = 30_000;

type Way = { emulator: boolean; requestTimeoutMs?: number };

/** Clients read region, credentials and AWS_ENDPOINT_URL from the environment, as every AWS tool does. */
export function createTarget(
  templates: readonly Template[],
  profile: Profile,
  { emulator, requestTimeoutMs: requestTimeout = REQUEST_TIMEOUT_MS }: Way,
) {
  if (emulator) prepareForEmulator();
  const requestHandler = { connectionTimeout: 5000, requestTimeout, throwOnRequestTimeout: true };
  const cloudFormation = new CloudFormationClient({ requestHandler });
  return {
    templates,
    profile,
    emulator,
    cloudFormation,
    ecr: new ECRClient({ requestHandler }),
    ecs: new ECSClient({ requestHandler }),
    iam: new IAMClient({ requestHandler }),
    // Emulators answer to paths, not to a host name for each bucket.
    s3: new S3Client({ requestHandler, forcePathStyle: emulator }),
    sts: new STSClient({ requestHandler }),
    tagging: new ResourceGroupsTaggingAPIClient({ requestHandler }),
    stacks: createStacks(cloudFormation, { emulator }),
    stackName: (layer: string) => stackName(profile.name, layer),
    /** Of all that belongs to the environment, and only to it. */
    tags: tagsOf(profile.name),
    tagsOf: (layer: string) => tagsOf(isShared(layer) ? 'all' : profile.name),
  };
}

/** One in an account and region, for all environments: what is built once and runs everywhere. */
export function isShared(layer: string): boolean {
  return layer === 'registry';
}

export function stackName(profile: string, layer: string): string {
  return isShared(layer) ? `${PROJECT}-${layer}` : `${PROJECT}-${profile}-${layer}`;
}

function tagsOf(environment: string) {
  return [
    { Key: 'Project', Value: PROJECT },
    { Key: 'Environment', Value: environment },
  ];
}

export type Target = ReturnType<typeof createTarget>;

/** Real credentials are never sent to an emulator, nor a stripped shop to AWS. */
function prepareForEmulator(): void {
  const endpoint = process.env.AWS_ENDPOINT_URL;
  if (!endpoint || /amazonaws\.com/.test(endpoint))
    throw new Error('--emulator needs AWS_ENDPOINT_URL, the address of the emulator, such as http://localhost:5000.');
  delete process.env.AWS_PROFILE;
  delete process.env.AWS_SESSION_TOKEN;
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'emulator',
    AWS_SECRET_ACCESS_KEY: 'emulator',
  });
}
