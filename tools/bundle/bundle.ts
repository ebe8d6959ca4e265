import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build } from 'esbuild';
import { openTelemetryParts } from './opentelemetry-parts.ts';
import { copySwaggerUi, swaggerUiFolder } from './swagger-ui-files.ts';

export type BundleOptions = {
  /** The project's folder from the root, such as `apps/order`; its entry is `src/main.ts`. */
  project: string;
  root: string;
  /** Emptied first. `app/` in it is what an image needs, `maps/` what reads its stack traces. */
  outFolder: string;
};

/** Makes one minified file of an app and all that it imports. Resolves to its size. */
export async function bundle({ project, root, outFolder }: BundleOptions): Promise<{ bytes: number }> {
  rmSync(outFolder, { recursive: true, force: true });
  const { outputFiles, metafile } = await build({
    entryPoints: [join(root, project, 'src/main.ts')],
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node24',
    // As an ES module it would start 30 ms later: importing node:http there loads all that it could ever need.
    format: 'cjs',
    // Packages that offer both forms come as ES modules, of which the unused parts can be left out.
    mainFields: ['module', 'main'],
    // Identifiers stay: stack traces can be read as they are, and errors and commands keep the names that tell them apart.
    minifyWhitespace: true,
    minifySyntax: true,
    outfile: join(outFolder, 'app/main.cjs'),
    sourcemap: 'external',
    write: false,
    metafile: true,
    plugins: [swaggerUiFolder, openTelemetryParts],
    logLevel: 'warning',
  });
  for (const folder of ['app', 'maps']) mkdirSync(join(outFolder, folder), { recursive: true });
  for (const { path, contents } of outputFiles) {
    writeFileSync(join(outFolder, path.endsWith('.map') ? 'maps' : 'app', basename(path)), contents);
  }
  const swaggerUi = Object.keys(metafile.inputs).find((file) => file.endsWith('@fastify/swagger-ui/index.js'));
  if (swaggerUi) copySwaggerUi(join(root, dirname(swaggerUi)), join(outFolder, 'app'));
  return { bytes: outputFiles.find(({ path }) => path.endsWith('.cjs'))?.contents.length ?? 0 };
}
