import { parseConfig } from '@shop/config';
import { runMain, start } from '@shop/service';
import { createDevIssuer } from './app.ts';
import { IssuerConfig } from './config.ts';

async function main() {
  await start(await createDevIssuer(parseConfig(IssuerConfig, process.env), { environment: process.env }));
}

runMain(main);
