import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

/** Swagger UI finds the files that it serves by its own folder, which a bundle does not have. This puts one beside it. */
export const swaggerUiFolder: Plugin = {
  name: 'swagger-ui-folder',
  setup({ onLoad }) {
    onLoad({ filter: /@fastify\/swagger-ui\/(index|lib\/routes)\.js$/ }, ({ path }) => {
      const folder = path.endsWith('routes.js') ? 'swagger-ui/lib' : 'swagger-ui';
      return { contents: readFileSync(path, 'utf8').replaceAll('__dirname', `(__dirname + '/${folder}')`) };
    });
  },
};

/** The unminified copy is for those who build on Swagger UI: the page does not load it. */
const unused = ['swagger-ui.js'];

export function copySwaggerUi(packageFolder: string, appFolder: string): void {
  cpSync(join(packageFolder, 'static'), join(appFolder, 'swagger-ui/static'), {
    recursive: true,
    filter: (file) => !unused.some((name) => file.endsWith(`/${name}`)),
  });
}
