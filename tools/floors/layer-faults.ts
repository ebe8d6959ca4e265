import { basename, matchesGlob } from 'node:path';
import { layers, pureUses } from './rules.ts';
import { isTest, type Project, resolveImport } from './source-tree.ts';

type Imports = ReadonlyMap<string, readonly string[]>;
const PURE = layers.length - 1;

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
        return [`${file} imports up: ${imported} (${nameOf(above)} above ${nameOf(layer)})`];
      const floor = floorOf.get(specifier.split('/').slice(0, 2).join('/'));
      const impure = layer === PURE && floor !== undefined && floor !== pureUses;
      return impure ? [`${file} is pure, but imports ${specifier}`] : [];
    });
  });
}

function isSource(file: string): boolean {
  return file.includes('/src/') && !isTest(file);
}

/** The first row that names the file; -1 when none does. */
function layerOf(file: string): number {
  const name = basename(file, '.ts');
  return layers.findIndex(({ files }) => files.some((pattern) => matchesGlob(name, pattern)));
}

function nameOf(layer: number): string {
  return layers[layer]?.name ?? '';
}
