import { paginateGetResources } from '@aws-sdk/client-resource-groups-tagging-api';
import type { Target } from './target.ts';

/**
 * ARNs of what still bears the tags of the profile in this region, or those of the registry. Roles have no region and are not
 * among them.
 */
export async function leftovers(
  { tagging: client, tags, tagsOf, emulator }: Target,
  { withRegistry }: { withRegistry: boolean },
): Promise<string[]> {
  const all = [...tags, ...(withRegistry ? tagsOf('registry') : [])];
  const TagFilters = [...new Set(all.map(({ Key }) => Key))].map((Key) => ({
    Key,
    Values: [...new Set(all.filter((tag) => tag.Key === Key).map(({ Value }) => Value))],
  }));
  // moto fails on a cluster that CloudFormation made: there, only services that it can look through.
  const ofEmulator = ['ec2', 'ecr', 'elasticloadbalancing', 'kms', 's3', 'sns', 'sqs'];
  const filter = { TagFilters, ...(emulator ? { ResourceTypeFilters: ofEmulator } : {}) };
  const arns: string[] = [];
  for await (const { ResourceTagMappingList = [] } of paginateGetResources({ client }, filter))
    arns.push(...ResourceTagMappingList.flatMap(({ ResourceARN }) => ResourceARN ?? []));
  return arns.sort();
}
