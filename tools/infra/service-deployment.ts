import {
  DescribeServiceDeploymentsCommand,
  type ECSClient,
  ListServiceDeploymentsCommand,
  type ServiceDeployment,
  type ServiceDeploymentBrief,
} from '@aws-sdk/client-ecs';

const DEADLINE_MS = 15_000;

/** What ECS says of the latest deployment of a service; `unknown` is a sentence on why it does not say. */
export type LatestDeployment = { deployment: ServiceDeployment | undefined } | { unknown: string };

type Service = { cluster: string; service: string };

/**
 * The latest deployment of a service by its service deployments. Whoever may not ask, and emulators
 * without this call, get the reason and not an error: the rest of the status is still worth telling.
 */
export async function latestDeployment(ecs: ECSClient, of: Service): Promise<LatestDeployment> {
  const abortSignal = AbortSignal.timeout(DEADLINE_MS);
  try {
    const briefs: ServiceDeploymentBrief[] = [];
    let nextToken: string | undefined;
    do {
      const page = await ecs.send(new ListServiceDeploymentsCommand({ ...of, nextToken }), { abortSignal });
      briefs.push(...(page.serviceDeployments ?? []));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    // The documentation names no order.
    const [latest] = briefs.sort((one, other) => Number(other.createdAt) - Number(one.createdAt));
    if (latest?.serviceDeploymentArn === undefined) return { deployment: undefined };
    const serviceDeploymentArns = [latest.serviceDeploymentArn];
    const described = await ecs.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns }), { abortSignal });
    return { deployment: described.serviceDeployments?.[0] ?? latest };
  } catch (error) {
    return { unknown: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
  if (/AccessDenied/.test(name)) return 'these credentials may not call ecs:ListServiceDeployments';
  // What cannot be read as an answer of AWS at all, such as the page of an emulator without this call.
  if (error instanceof SyntaxError)
    return `it answers ${$metadata?.httpStatusCode ?? 'no JSON'}, as an emulator without this call does`;
  return message.split('\n')[0] || name;
}
