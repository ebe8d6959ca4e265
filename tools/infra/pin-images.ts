import { DescribeImagesCommand } from '@aws-sdk/client-ecr';
import type { Repository } from './images.ts';
import type { Target } from './target.ts';

/** From `REPOSITORY:TAG` to `REPOSITORY@sha256:...`, for each repository that holds the tag. */
export type Digests = ReadonlyMap<string, string>;

/** A digest names what was built, and nothing else ever; that a tag cannot be moved is a setting of the repository only. */
export async function digestsOf({ ecr }: Target, repositories: readonly Repository[], tag: string): Promise<Digests> {
  const found = repositories.map(async ({ name, uri }): Promise<[string, string][]> => {
    try {
      const answer = await ecr.send(new DescribeImagesCommand({ repositoryName: name, imageIds: [{ imageTag: tag }] }));
      const digest = answer.imageDetails?.[0]?.imageDigest;
      return digest === undefined ? [] : [[`${uri}:${tag}`, `${uri}@${digest}`]];
    } catch (error) {
      if (error instanceof Error && error.name === 'ImageNotFoundException') return [];
      throw error;
    }
  });
  return new Map((await Promise.all(found)).flat());
}
