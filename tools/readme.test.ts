import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { orderLines } from './shop/welcome.ts';

const root = new URL('../', import.meta.url);
const readme = readFileSync(new URL('README.md', root), 'utf8');
const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
const matches = (pattern: RegExp) => [...readme.matchAll(pattern)].map(([, found = '']) => found);

describe('the README is true', () => {
  test.each(matches(/\]\(([^)#]+)\)/g).filter((link) => !link.startsWith('http')))('%s exists', (link) => {
    expect(existsSync(new URL(link, root))).toBe(true);
  });

  test.each(matches(/`npm run ([a-z0-9:-]+)/g))('npm run %s is a script', (script) => {
    expect(Object.keys(scripts)).toContain(script);
  });

  test('an order is placed with the lines that npm start prints, which the check of npm start runs as pasted', () => {
    expect(readme).toContain(orderLines.join('\n'));
  });
});
