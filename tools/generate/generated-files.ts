import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { profileNames } from '../infra-check/resolve/read-infra.ts';
import { billFor } from '../infra-cost/bill.ts';
import { renderBills } from '../infra-cost/render-bills.ts';
import { haproxyConfig } from '../load-balancer/haproxy-config.ts';
import { parameterTables } from './parameter-tables.ts';
import { withRegion } from './region.ts';
import { timelines } from './timelines.ts';

export type GeneratedFile = {
  /** From the root of the repository. */
  path: string;
  text: string;
};

/** Every file that is committed and generated from others, as a whole or in a marked region. */
export function generatedFiles(root: string): GeneratedFile[] {
  const text = (path: string) => readFileSync(join(root, path), 'utf8');
  const timings = JSON.parse(text('infra/timings.json'));
  return [
    {
      path: 'docker/load-balancer/haproxy.cfg',
      text: haproxyConfig(JSON.parse(text('infra/routing.json')), timings),
    },
    { path: 'infra/PARAMETERS.md', text: parameterTables(root) },
    {
      path: 'infra/README.md',
      text: withRegion(
        withRegion(text('infra/README.md'), 'time lines', timelines(timings)),
        'costs',
        renderBills(profileNames.map((name) => billFor(root, name))),
      ),
    },
  ];
}
