import { CloudFormationClient, paginateDescribeStacks } from '@aws-sdk/client-cloudformation';
import { ECRClient, PutImageCommand, paginateDescribeRepositories } from '@aws-sdk/client-ecr';

const access = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'emulator', secretAccessKey: 'emulator' },
};

const mediaType = 'application/vnd.docker.distribution.manifest.v2+json';

/** An image of that tag in every repository; nobody can run it. */
export async function putImages(endpoint: string, imageTag: string): Promise<void> {
  const client = new ECRClient({ ...access, endpoint });
  for await (const { repositories = [] } of paginateDescribeRepositories({ client }, {}))
    for (const { repositoryName } of repositories) {
      const imageManifest = JSON.stringify({ schemaVersion: 2, mediaType, config: { digest: imageTag } });
      await client.send(new PutImageCommand({ repositoryName, imageTag, imageManifest }));
    }
}

/** The images of ours that the stacks have as parameters. */
export async function imagesOfStacks(endpoint: string): Promise<string[]> {
  const client = new CloudFormationClient({ ...access, endpoint });
  const images: string[] = [];
  for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {}))
    for (const { ParameterKey = '', ParameterValue = '' } of Stacks.flatMap(({ Parameters = [] }) => Parameters))
      if (ParameterKey.endsWith('ImageUri') && ParameterValue.includes('/fargate-shop/')) images.push(ParameterValue);
  return images;
}
