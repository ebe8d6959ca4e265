import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { orderLines } from './shop/welcome.ts';

const root = new URL('../', import.meta.url);
const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
const documents = globSync(['README.md', '{infra,docs}/**/*.md', 'docker/*.md', 'docker/*/README.md'], { cwd: root });

describe.each(documents)('%s is true', (file) => {
  const address = new URL(file, root);
  const text = readFileSync(address, 'utf8');
  const matches = (pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([, found = '']) => found))];
  const links = matches(/\]\(([^)#]+)(?:#[^)]*)?\)/g).filter((link) => !link.startsWith('http'));

  test('its links lead to files', () => {
    expect(links.filter((link) => !existsSync(new URL(link, address)))).toEqual([]);
  });

  test('its npm scripts exist', () => {
    expect(matches(/`npm run ([a-z0-9:-]+)/g).filter((script) => !(script in scripts))).toEqual([]);
  });

  test('nothing in it is still to be written', () => {
    expect(matches(/\b(TODO|FIXME|TBD|FIGURES-[A-Z]+)\b/g)).toEqual([]);
  });
});

test('an order is placed with the lines that npm start prints, which the check of npm start runs as pasted', () => {
  expect(readFileSync(new URL('README.md', root), 'utf8')).toContain(orderLines.join('\n'));
});
