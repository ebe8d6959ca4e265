import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readTemplates } from '../infra-check/resolve/read-infra.ts';
import { optionalLayers } from './layers.ts';
import { nestedFiles, withAddresses } from './nested-templates.ts';

const root = join(import.meta.dirname, '../..');
const templates = readTemplates(root);
const files = nestedFiles(root, templates);

test('what root.yaml nests, and what that nests, is every template of the shop but the registry', () => {
  const named = ['registry', 'root', ...Object.keys(optionalLayers)];
  const wanted = templates.map(({ name }) => name).filter((name) => !named.includes(name));
  expect(files.map(({ name }) => name.replace('.yaml', '')).sort()).toEqual(wanted.sort());
});

test('each nested template has the address at which it was put, and nothing else changes', () => {
  const service = files.find(({ name }) => name === 'root-service.yaml')?.body ?? '';
  const body = withAddresses(service, (name) => `https://bucket.test/${name}`);
  expect(body).not.toContain('TemplateURL: ./');
  expect(body).toContain('TemplateURL: https://bucket.test/service-access.yaml');
  expect(body.replaceAll('https://bucket.test/', './')).toBe(service);
});

test('an address that leads nowhere is told before anything is sent', () => {
  const without = templates.filter(({ name }) => name !== 'service-alarms');
  expect(() => nestedFiles(root, without)).toThrow('root.yaml nests service-alarms.yaml, which does not exist.');
});
