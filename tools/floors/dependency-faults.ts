import { floors, forTests } from './rules.ts';
import { isTest, type Project, resolveImport } from './source-tree.ts';

type Imports = ReadonlyMap<string, readonly string[]>;

/** What the projects declare and import across their borders against the rules of the floors. */
export function dependencyFaults(root: string, projects: readonly Project[], imports: Imports): string[] {
  const byName = new Map(projects.map((project) => [project.name, project]));
  return projects.flatMap((project) => [
    ...(floors[project.floor] ? [] : [`${project.folder} has no tag floor:N`]),
    ...project.dependencies.flatMap((name) => floorFault(project, byName.get(name), `${project.folder} depends on`)),
    ...project.files.flatMap((file) =>
      (imports.get(file) ?? []).flatMap((specifier) => importFaults(root, project, byName, file, specifier)),
    ),
  ]);
}

function importFaults(
  root: string,
  project: Project,
  byName: ReadonlyMap<string, Project>,
  file: string,
  specifier: string,
): string[] {
  if (specifier.startsWith('.') || specifier.startsWith('/')) {
    const imported = resolveImport(root, file, specifier);
    if (imported?.startsWith(`${project.folder}/`)) return [];
    return [`${file} imports ${specifier}, which ${imported ? 'leaves its project' : 'does not exist'}`];
  }
  if (!specifier.startsWith('@shop/')) return [];
  const name = specifier.split('/').slice(0, 2).join('/');
  if (name === project.name) return [`${file} imports its own project by name: ${specifier}`];
  const undeclared = project.dependencies.includes(name) ? [] : [`${file} imports ${name}, which is not declared`];
  const ships = !isTest(file) && project.floor !== forTests.floor;
  const misplaced = ships && forTests.name.test(specifier) ? [`${file} imports ${specifier}, which is for tests`] : [];
  return [...undeclared, ...misplaced, ...floorFault(project, byName.get(name), `${file} imports`)];
}

function floorFault(project: Project, used: Project | undefined, what: string): string[] {
  if (!used || forTests.name.test(used.name) || floors[project.floor]?.includes(used.floor)) return [];
  return [`${what} ${used.name}: floor ${project.floor} may not use floor ${used.floor}`];
}
