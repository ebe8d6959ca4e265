import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { alertQueries, dashboardQueries, observability, type Panel, readDashboards } from './dashboards.ts';
import { readPromql } from './promql.ts';

const read = (file: string) => parse(readFileSync(observability + file, 'utf8'));
const dashboards = readDashboards();
const sources: { uid: string; type: string; url: string; jsonData?: { timeInterval: string } }[] = read(
  'grafana/provisioning/datasources/shop.yaml',
).datasources;
const shown = dashboards.flatMap(({ title, panels }) =>
  panels.filter(({ type }) => type !== 'row').map((panel) => [`${title} / ${panel.title}`, panel] as const),
);

describe('the dashboards', () => {
  test('are the two that were agreed on, each with a uid of its own', () => {
    expect(dashboards.map(({ uid, title }) => [uid, title])).toEqual([
      ['shop-checkout', 'Checkout'],
      ['shop-red', 'RED per service'],
    ]);
  });

  test.each(dashboards.map((each) => [each.title, each] as const))(
    '%s gives each panel its own id and place',
    (_title, { panels }) => {
      expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
      const overlaps = panels.flatMap((one, index) =>
        panels.slice(index + 1).flatMap((other) => (overlap(one, other) ? [`${one.title} and ${other.title}`] : [])),
      );
      expect(overlaps).toEqual([]);
      expect(panels.filter(({ gridPos: { x, w } }) => x + w > 24)).toEqual([]);
    },
  );

  test.each(shown)('%s says what it shows, in which unit and from where', (_where, panel) => {
    expect(panel.title).toBeTruthy();
    expect(panel.description).toMatch(/^[A-Z0-9].*\.$/);
    expect(panel.fieldConfig?.defaults.unit).toBeTruthy();
    const from = [panel.datasource, ...(panel.targets ?? []).map(({ datasource }) => datasource)];
    for (const used of from) expect(sources).toContainEqual(expect.objectContaining({ ...used }));
    expect(new Set(panel.targets?.map(({ refId }) => refId)).size).toBe(panel.targets?.length);
  });

  test('fill their variables from a provisioned source', () => {
    const variables = dashboards.flatMap(({ templating }) => templating.list);
    expect(variables.map(({ name, datasource }) => [name, datasource.uid])).toEqual([['service', 'prometheus']]);
  });

  test.each([...dashboardQueries(), ...alertQueries()].map(({ where, expr }) => [where, expr]))(
    '%s is PromQL',
    (_where, expr) => {
      expect(readPromql(expr).selectors).not.toEqual([]);
      expect(expr).not.toContain('$');
    },
  );
});

test('Grafana knows how often Prometheus scrapes, or rates would be computed over too few samples', () => {
  const { scrape_interval: interval } = read('prometheus/prometheus.yml').global;
  expect(sources.find(({ uid }) => uid === 'prometheus')?.jsonData?.timeInterval).toBe(interval);
});

function overlap({ gridPos: one }: Panel, { gridPos: other }: Panel): boolean {
  const beside = one.x + one.w <= other.x || other.x + other.w <= one.x;
  return !beside && one.y < other.y + other.h && other.y < one.y + one.h;
}
