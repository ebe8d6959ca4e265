import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

const optional =
  /^const (\w+) = require\("(@opentelemetry\/(?:configuration|exporter-[\w-]+|otlp-grpc-exporter-base|propagator-(?:b3|jaeger)))"\);$/gm;

/** Nearly a fifth of the bundle, for gRPC and configuration files, which services here do not use. */
const left = /^(@grpc\/grpc-js|@opentelemetry\/configuration)$/;

const absent = `module.exports = new Proxy({}, { get(_target, name) {
  throw new Error('The image leaves out gRPC and OpenTelemetry configuration files (' + String(name) + '): send spans by OTLP over HTTP');
} });`;

/**
 * OpenTelemetry's SDK loads every exporter that its configuration could name. In a bundle it loads one when it first uses
 * it, and whoever asks for a part that is left out is told so.
 */
export const openTelemetryParts: Plugin = {
  name: 'opentelemetry-parts',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: left }, ({ path }) => ({ path, namespace: 'left-out' }));
    onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: absent }));
    onLoad({ filter: /@opentelemetry\/sdk-node\/build\/src\/[\w-]+\.js$/ }, ({ path }) => ({
      contents: loadedWhenUsed(readFileSync(path, 'utf8')),
    }));
  },
};

function loadedWhenUsed(source: string): string {
  let contents = source;
  for (const [declaration, name, module] of source.matchAll(optional)) {
    contents = contents
      .replaceAll(new RegExp(`\\b${name}\\.`, 'g'), `${name}().`)
      .replace(declaration, `const ${name} = () => require("${module}");`);
  }
  return contents;
}
