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
  setup({ onLoad, onResolve, onEnd }) {
    let loadsSdk = false;
    let findsParts = false;
    onResolve({ filter: left }, ({ path }) => ({ path, namespace: 'left-out' }));
    onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: absent }));
    onLoad({ filter: /@opentelemetry\/sdk-node\/build\/src\/[\w-]+\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const contents = loadedWhenUsed(source);
      loadsSdk = true;
      findsParts ||= contents !== source;
      return { contents };
    });
    // Another version may be written in another way; then this file has to be looked at.
    onEnd(() => {
      if (loadsSdk && !findsParts) throw new Error('No exporter was found in the SDK of OpenTelemetry');
    });
  },
};

/** Each such module becomes an object that loads it when something of it is asked for. */
export function loadedWhenUsed(source: string): string {
  return source.replaceAll(optional, 'const $1 = new Proxy({}, { get: (_target, name) => require("$2")[name] });');
}
