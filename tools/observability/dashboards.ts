import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** The configuration of the compose profile `observability`. */
export const observability = fileURLToPath(new URL('../../docker/observability/', import.meta.url));

export type Target = { refId: string; expr: string; datasource: { type: string; uid: string } };
export type Panel = {
  id: number;
  type: string;
  title?: string;
  description?: string;
  gridPos: { x: number; y: number; w: number; h: number };
  datasource?: { type: string; uid: string };
  fieldConfig?: { defaults: { unit?: string } };
  targets?: Target[];
};
export type Dashboard = {
  uid: string;
  title: string;
  panels: Panel[];
  templating: { list: { name: string; definition: string; datasource: { uid: string } }[] };
};
type Rules = { groups: { name: string; rules: { alert: string; expr: string }[] }[] };

/** An expression as Prometheus gets it, and where it stands. */
export type PlacedQuery = { where: string; expr: string };

export function readDashboards(): Dashboard[] {
  return globSync('grafana/dashboards/*.json', { cwd: observability })
    .sort()
    .map((file) => JSON.parse(readFileSync(observability + file, 'utf8')));
}

export function readRules(): Rules {
  return parse(readFileSync(`${observability}prometheus/rules.yml`, 'utf8'));
}

/** Every query of the dashboards, with Grafana's variables filled in. */
export function dashboardQueries(): PlacedQuery[] {
  return readDashboards().flatMap(({ title, panels }) =>
    panels.flatMap((panel) =>
      (panel.targets ?? []).map(({ refId, expr }) => ({
        where: `${title} / ${panel.title} / ${refId}`,
        expr: fillIn(expr),
      })),
    ),
  );
}

export function alertQueries(): PlacedQuery[] {
  return readRules().groups.flatMap(({ rules }) => rules.map(({ alert, expr }) => ({ where: `alert ${alert}`, expr })));
}

/** The values are those of a dashboard that shows all services at the shortest interval. */
function fillIn(expr: string): string {
  return expr.replaceAll('$__rate_interval', '20s').replaceAll('$__range', '15m').replaceAll('$service', '.+');
}
