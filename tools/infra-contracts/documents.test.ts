import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { layersOf } from '../infra/layers.ts';
import { filledIn } from '../infra/placeholders.ts';
import { at, isObject, type Json } from '../infra-check/resolve/json.ts';
import { declaredParameters } from '../infra-check/resolve/parameters.ts';
import { readProfile, readTemplates } from '../infra-check/resolve/read-infra.ts';
import type { Template } from '../infra-check/resolve/read-template.ts';
import { root } from './shop.fixture.ts';

const text = (file: string) => readFileSync(join(root, file), 'utf8');
const acceptance = text('docs/aws-acceptance.md');
const templates = readTemplates(root);
const keys = (value: Json | undefined) => Object.keys(isObject(value) ? value : {});

describe('the acceptance on AWS', () => {
  const steps = [...acceptance.matchAll(/^### (\d+)\. /gm)].map(([, number]) => Number(number));
  const rows = [...acceptance.matchAll(/^\| `(.+?)` \| (.+) \| (\d+) \|$/gm)];

  test('lists every unverified note of the templates, and no other', () => {
    const notes = globSync('*.yaml', { cwd: join(root, 'infra/templates') }).flatMap((file) =>
      text(`infra/templates/${file}`)
        .split('\n')
        .filter((line) => line.includes('unverified'))
        .map((line) => `${file}: ${line.trim().replace(/^# /, '')}`),
    );
    expect(rows.map(([, file, note]) => `${file}: ${note}`).sort()).toEqual(notes.sort());
  });

  test('settles each by one of its steps, which are numbered and say whether they were run', () => {
    expect(steps).toEqual(steps.map((_step, index) => index + 1));
    expect(rows.filter(([, , , step]) => !steps.includes(Number(step)))).toEqual([]);
    expect(acceptance.match(/^- Status: \S/gm)).toHaveLength(steps.length);
  });
});

test('the acceptance of production names each value that it has to be given', () => {
  const production = readProfile(root, 'production');
  const missing = layersOf(templates, production).flatMap((layer) => filledIn(layer).missing);
  const step = acceptance.split(/^### /m).find((each) => /^\d+\. Production$/m.test(each)) ?? '';
  const named = [...(/names (.+?);/s.exec(step)?.[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name);
  expect(named).toEqual([...new Set(missing.map(({ name }) => name))].sort());
});

describe('the layers of infra/README.md', () => {
  const listed = [...text('infra/README.md').matchAll(/^\| \[(.+?)\]\(templates\/\1\.yaml\)/gm)].map(
    ([, name]) => name,
  );

  test('are all templates', () => {
    expect([...listed].sort()).toEqual(templates.map(({ name }) => name).sort());
  });

  test('stand in the order in which infra:deploy makes them', () => {
    const made = layersOf(templates, readProfile(root, 'workshop')).map(({ template }) => template.name);
    expect(listed.filter((name) => made.includes(String(name)))).toEqual([...new Set(made)]);
  });

  test('come after the layers whose outputs they cannot do without', () => {
    // The roots nest the others, and wait for nothing.
    const layers = listed
      .filter((name) => !/^root/.test(String(name)))
      .map((name) => templates.find((each) => each.name === name) as Template);
    const early = layers.flatMap((layer, index) => {
      const required = declaredParameters(layer).filter(
        (name) => at(layer.body, 'Parameters', name, 'Default') === undefined,
      );
      const sources = layers
        .slice(index + 1)
        .filter(({ body }) => keys(at(body, 'Outputs')).some((name) => required.includes(name)));
      return sources.map(({ name }) => `${layer.name} before ${name}`);
    });
    expect(early).toEqual([]);
  });
});

test('no template is longer than a chapter that one reads in one go', () => {
  const MOST_LINES = 300;
  const lengths = globSync('*.yaml', { cwd: join(root, 'infra/templates') }).map((file) => ({
    file,
    lines: text(`infra/templates/${file}`).trimEnd().split('\n').length,
  }));
  expect(lengths.length).toBe(templates.length);
  expect(lengths.filter(({ lines }) => lines > MOST_LINES)).toEqual([]);
});

test('every parameter of every template is described', () => {
  const silent = templates.flatMap(({ name, body }) =>
    keys(at(body, 'Parameters'))
      .filter((parameter) => !at(body, 'Parameters', parameter, 'Description'))
      .map((parameter) => `${name}.${parameter}`),
  );
  expect(silent).toEqual([]);
});
