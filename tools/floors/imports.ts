import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { build } from 'esbuild';

/** What each file imports, as written, type imports included. A real parser reads it: strings and comments do not count. */
export async function readImports(root: string, files: readonly string[]): Promise<Map<string, string[]>> {
  const found = new Map(files.map((file) => [file, [] as string[]]));
  await build({
    absWorkingDir: root,
    entryPoints: [...files],
    outdir: 'nowhere',
    write: false,
    bundle: true,
    format: 'esm',
    logLevel: 'silent',
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    plugins: [
      {
        name: 'record-imports',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /./ }, ({ kind, path, importer }) => {
            if (kind === 'entry-point') return undefined;
            found.get(relative(root, importer))?.push(path);
            return { path, external: true };
          });
          onLoad({ filter: /\.ts$/ }, async ({ path }) => ({
            contents: keepTypeImports(await readFile(path, 'utf8')),
            loader: 'ts',
          }));
        },
      },
    ],
  });
  return found;
}

/** esbuild drops type imports before it reports imports, but a wrong direction is wrong for a type too. */
function keepTypeImports(source: string): string {
  return source
    .replace(/\bimport\s+type\s+(?=[\w{*])/g, 'import ')
    .replace(/\bexport\s+type\s+(?=\{[^}]*\}\s*from\b|\*)/g, 'export ');
}
