import { basename, dirname, matchesGlob } from 'node:path';
import { anyApp, layers, ofApp, pureUses } from './rules.ts';
import { isTest, type Project, resolveImport } from './source-tree.ts';

type Imports = ReadonlyMap<string, readonly string[]>;
const PURE = layers.indexOf('pure');

/** Imports inside each app that go up, and pure files that are not pure. */
export function layerFaults(root: string, projects: readonly Project[], imports: Imports): string[] {
  const floorOf = new Map(projects.map(({ name, floor }) => [name, floor]));
  const files = projects.filter(({ floor }) => floor === 3).flatMap((app) => app.files.filter(isSource));
  return files.flatMap((file) => {
    const layer = layerOf(file);
    if (layer < 0) return [`${file} has no layer: name it in tools/floors/rules.ts`];
    return (imports.get(file) ?? []).flatMap((specifier) => {
      const imported = specifier.startsWith('.') ? resolveImport(root, file, specifier) : undefined;
      const above = imported ? layerOf(imported) : layer;
      if (above >= 0 && above < layer)
        return [`${file} imports up: ${imported} (${layers[above]} above ${layers[layer]})`];
      const floor = floorOf.get(specifier.split('/').slice(0, 2).join('/'));
      const impure = layer === PURE && floor !== undefined && floor !== pureUses;
      return impure ? [`${file} is pure, but imports ${specifier}`] : [];
    });
  });
}

function isSource(file: string): boolean {
  return file.includes('/src/') && !isTest(file);
}

/** An app's own list is asked before the common one; -1 when neither names the file. */
function layerOf(file: string): number {
  const name = basename(file, '.ts');
  const lists = [ofApp[basename(dirname(dirname(file)))], anyApp];
  const found = lists.map((list) => layers.findIndex((layer) => matchesAny(name, list?.[layer])));
  return found.find((layer) => layer >= 0) ?? -1;
}

function matchesAny(name: string, patterns: readonly string[] = []): boolean {
  return patterns.some((pattern) => matchesGlob(name, pattern));
}
