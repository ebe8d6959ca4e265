import type { Parameter } from '@aws-sdk/client-cloudformation';
import type { JsonObject } from '../infra-check/resolve/json.ts';
import { declaredParameters } from '../infra-check/resolve/parameters.ts';
import { type Deployment, wire } from '../infra-check/resolve/resolve-chapters.ts';

/**
 * The parameters of a deployment: the profile's, outputs of earlier layers by equal names, and images by the tag. Without a tag
 * an image stays the one that the stack has. What is left to a default is not in the result.
 */
export function stackParameters(
  deployment: Deployment,
  outputs: JsonObject,
  current: readonly Parameter[],
  imageTag?: string,
): JsonObject {
  const values = wire(deployment, outputs, imageTag);
  if (imageTag !== undefined) return values;
  const images = wire(deployment, outputs, 'any');
  for (const name of declaredParameters(deployment.template)) {
    // Only images of ours: another program's has a default, which may have moved on.
    if (values[name] !== undefined || images[name] === undefined) continue;
    const before = current.find(({ ParameterKey }) => ParameterKey === name)?.ParameterValue;
    if (before !== undefined) values[name] = before;
  }
  return values;
}

/** As the API takes them: lists are texts with commas. */
export function asParameters(values: JsonObject): Parameter[] {
  return Object.entries(values).map(([ParameterKey, value]) => ({
    ParameterKey,
    ParameterValue: Array.isArray(value) ? value.join(',') : String(value),
  }));
}

/** The outputs of a layer under the names by which later layers look for them. */
export function namedOutputs({ prefix }: Deployment, outputs: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [prefix + name, value]));
}
