import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { haproxyConfig } from '../load-balancer/haproxy-config.ts';

export type GeneratedFile = {
  /** From the root of the repository. */
  path: string;
  text: string;
};

/** Every file that is generated from others and committed. */
export function generatedFiles(root: string): GeneratedFile[] {
  const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));
  return [
    {
      path: 'docker/load-balancer/haproxy.cfg',
      text: haproxyConfig(read('infra/routing.json'), read('infra/timings.json')),
    },
  ];
}
