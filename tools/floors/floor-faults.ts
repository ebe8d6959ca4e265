import { findCycles } from './cycles.ts';
import { dependencyFaults } from './dependency-faults.ts';
import { readImports } from './imports.ts';
import { layerFaults } from './layer-faults.ts';
import { sizeFaults } from './size-faults.ts';
import { readProjects, resolveImport } from './source-tree.ts';

export type FloorFaults = { dependencies: string[]; layers: string[]; cycles: string[]; sizes: string[] };

/** Reads a workspace and reports each breach of `rules.ts` as a sentence. */
export async function floorFaults(root: string): Promise<FloorFaults> {
  const projects = readProjects(root);
  const files = projects.flatMap((project) => project.files);
  const imports = await readImports(root, files);
  const fileGraph = new Map(
    files.map((file) => [file, (imports.get(file) ?? []).flatMap((each) => localImport(root, file, each))]),
  );
  const projectGraph = new Map(projects.map(({ name, dependencies }) => [name, dependencies]));
  return {
    dependencies: dependencyFaults(root, projects, imports),
    layers: layerFaults(root, projects, imports),
    cycles: [...findCycles(fileGraph), ...findCycles(projectGraph)].map((cycle) => cycle.join(' -> ')),
    sizes: sizeFaults(root, projects),
  };
}

function localImport(root: string, file: string, specifier: string): string[] {
  return specifier.startsWith('.') ? [resolveImport(root, file, specifier) ?? []].flat() : [];
}
