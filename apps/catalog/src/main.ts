import { parseConfig } from '@shop/config';
import { runMain, start } from '@shop/service';
import { createCatalog } from './app.ts';
import { CatalogConfig } from './config.ts';

async function main() {
  await start(await createCatalog(parseConfig(CatalogConfig, process.env), { environment: process.env }));
}

runMain(main);
