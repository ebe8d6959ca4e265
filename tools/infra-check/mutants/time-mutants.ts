import type { Json } from '../resolve/json.ts';
import type { Mutant } from './mutant.ts';

const service = 'service.yaml';
const routing = 'service-routing.yaml';
const app = 'Resources.TaskDefinition.Properties.ContainerDefinitions.0';
const target = 'Resources.TargetGroup.Properties';

const environment = (mistake: string, rule: string, name: string, value: string): Mutant => ({
  mistake,
  rule,
  file: service,
  path: `${app}.Environment`,
  change: { add: { Name: name, Value: value } },
});
const change = (mistake: string, rule: string, file: string, path: string, to: Json): Mutant => ({
  mistake,
  rule,
  file,
  path,
  change: { to },
});

export const timeMutants: Mutant[] = [
  change(
    'targets that leave after Spot has taken their tasks',
    'T-5',
    routing,
    `${target}.TargetGroupAttributes.0.Value`,
    '150',
  ),
  environment("a keep-alive shorter than the balancer's idle time-out", 'T-1', 'KEEP_ALIVE_TIMEOUT_MS', '5000'),
  change(
    'an idle time-out longer than the keep-alive',
    'T-1',
    'platform.yaml',
    'Resources.LoadBalancer.Properties.LoadBalancerAttributes.0.Value',
    '120',
  ),
  change('targets that leave before their requests', 'T-2', routing, `${target}.TargetGroupAttributes.0.Value`, '10'),
  change('a health check slower than the shutdown delay', 'T-3', routing, `${target}.HealthCheckIntervalSeconds`, 30),
  environment('no shutdown delay', 'T-3', 'SHUTDOWN_DELAY_MS', '0'),
  change('a stop time-out shorter than the drain', 'T-4', service, `${app}.StopTimeout`, 30),
  change('no stop time-out, which is 30 s', 'T-4', service, `${app}.StopTimeout`, null),
  change(
    'a grace period shorter than a start',
    'T-6',
    service,
    'Resources.Service.Properties.HealthCheckGracePeriodSeconds',
    10,
  ),
  change(
    'a proxy that waits longer than its callers',
    'T-7',
    service,
    'Resources.Service.Properties.ServiceConnectConfiguration',
    { Enabled: true, Services: [{ PortName: 'http', Timeout: { PerRequestTimeoutSeconds: 60 } }] },
  ),
  environment('requests that may arrive for ever', 'T-8', 'REQUEST_TIMEOUT_MS', '90000'),
  change('a health check that differs from the compose stack', 'T-9', routing, `${target}.HealthyThresholdCount`, 5),
  change('a drain that differs', 'T-9', routing, `${target}.TargetGroupAttributes.0.Value`, '60'),
  change('liveness for readiness', 'H-1', routing, `${target}.HealthCheckPath`, '/livez'),
  change('a health path that nobody answers', 'H-1', routing, `${target}.HealthCheckPath`, '/health'),
  change('errors taken for health', 'H-1', routing, `${target}.Matcher.HttpCode`, '200-499'),
];
