import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CatalogConfig } from '@shop/catalog/config';
import { OrderConfig } from '@shop/order/config';
import { PaymentConfig } from '@shop/payment/config';
import { ReconcileConfig } from '@shop/reconcile/config';
import { SandboxGatewayConfig } from '@shop/sandbox-gateway/config';
import { SetupConfig } from '@shop/setup/config';
import type { TObject } from 'typebox';
import type { Routing } from '../front-door/routing.ts';
import type { Timings } from '../load-balancer/timings.ts';

/** What the code and the image say, and the templates must agree with. */
export type Facts = {
  routing: Routing;
  timings: Timings;
  /** The environment that each app reads, by its folder. */
  configs: { readonly [app: string]: TObject };
  image: { ports: number[]; user: string; healthCheck: string[] };
  /** The paths that answer how the service is. */
  probes: string[];
  /** The member of the gateway's secret that the services read. */
  secretMember: string;
  /** The names of the templates that exist. */
  templates: string[];
};

export function readFacts(root: string): Facts {
  const text = (file: string) => readFileSync(join(root, file), 'utf8');
  return {
    routing: JSON.parse(text('infra/routing.json')),
    timings: JSON.parse(text('infra/timings.json')),
    configs: {
      catalog: CatalogConfig,
      order: OrderConfig,
      payment: PaymentConfig,
      reconcile: ReconcileConfig,
      'sandbox-gateway': SandboxGatewayConfig,
      setup: SetupConfig,
    },
    image: readDockerfile(text('docker/Dockerfile')),
    probes: [...text('libs/health/src/health.ts').matchAll(/app\.get\('([^']+)'/g)].map(([, path = '']) => path),
    secretMember: /key: '(\w+)'/.exec(text('apps/payment/src/api-key.ts'))?.[1] ?? '',
    templates: globSync('infra/templates/*.yaml', { cwd: root }).map((file) => basename(file, '.yaml')),
  };
}

/** What the image declares of itself; ECS reads only its user and its command. */
function readDockerfile(text: string): Facts['image'] {
  const last = (pattern: RegExp) => [...text.matchAll(pattern)].at(-1)?.[1] ?? '';
  return {
    ports: [...text.matchAll(/^EXPOSE (\d+)/gm)].map(([, port]) => Number(port)),
    user: last(/^USER (\S+)/gm),
    healthCheck: JSON.parse(last(/^ +CMD (\[.*\])/gm) || '[]'),
  };
}
