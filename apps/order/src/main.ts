import { runMain, start } from '@shop/service';
import { createOrderService } from './app.ts';
import { readConfig } from './config.ts';

async function main() {
  await start(await createOrderService(readConfig(process.env), { environment: process.env }));
}

runMain(main);
