import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export type Project = {
  /** Path from the root, such as `apps/order`. */
  folder: string;
  name: string;
  /** NaN when it has no tag `floor:N`. */
  floor: number;
  dependencies: readonly string[];
  /** Paths of its code from the root. */
  files: readonly string[];
};

/** The projects of a workspace with their declared dependencies and their files. */
export function readProjects(root: string): Project[] {
  return globSync(['{apps,docker,libs}/*/package.json', '{e2e,tools}/package.json'], { cwd: root })
    .sort()
    .map((manifest) => {
      const {
        name,
        dependencies = {},
        devDependencies = {},
        nx,
      } = JSON.parse(readFileSync(join(root, manifest), 'utf8'));
      const folder = dirname(manifest);
      const tag = nx?.tags?.find((each: string) => /^floor:\d$/.test(each));
      return {
        folder,
        name,
        floor: Number(tag?.slice('floor:'.length) ?? Number.NaN),
        dependencies: Object.keys({ ...dependencies, ...devDependencies }),
        files: globSync('**/*.{ts,mjs}', { cwd: join(root, folder), exclude: ['**/node_modules', '**/dist'] })
          .map((file) => join(folder, file))
          .sort(),
      };
    });
}

export function readLineCount(root: string, file: string): number {
  return readFileSync(join(root, file), 'utf8').split('\n').length - 1;
}

export function isTest(file: string): boolean {
  return /\.(test|container-test|emulator-test)\.ts$|\.fixture\.m?[jt]s$|\/test\/|^e2e\//.test(file);
}

/** The file that a relative import means, from the root. */
export function resolveImport(root: string, importer: string, specifier: string): string | undefined {
  const file = join(dirname(importer), specifier);
  return existsSync(join(root, file)) ? file : undefined;
}
