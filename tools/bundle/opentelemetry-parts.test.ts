import { expect, test } from '@jest/globals';
import { loadedWhenUsed } from './opentelemetry-parts.ts';

/** Runs the text as a CommonJS module, and tells what it loaded when. */
function run(source: string) {
  const loaded: string[] = [];
  class ZipkinExporter {}
  const require = (name: string) => {
    loaded.push(name);
    return { ZipkinExporter };
  };
  const module = new Function('require', `${loadedWhenUsed(source)}\nreturn { make };`)(require);
  return { loaded, make: module.make, ZipkinExporter };
}

const make = 'const make = () => new exporter_1.ZipkinExporter();';

test('an exporter is loaded when it is used, and not before', () => {
  const module = run(`const exporter_1 = require("@opentelemetry/exporter-zipkin");\n${make}`);
  expect(module.loaded).toEqual([]);
  expect(module.make()).toBeInstanceOf(module.ZipkinExporter);
  expect(module.loaded).toEqual(['@opentelemetry/exporter-zipkin']);
});

test('what every service needs is loaded as ever', () => {
  const source = `const exporter_1 = require("@opentelemetry/core");\n${make}`;
  expect(loadedWhenUsed(source)).toBe(source);
});
