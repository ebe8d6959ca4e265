import { parseConfig } from '@shop/config';
import { runMain, start } from '@shop/service';
import { createEcsMetadata } from './app.ts';
import { EcsMetadataConfig } from './config.ts';

runMain(async () => {
  const config = parseConfig(EcsMetadataConfig, process.env);
  await start(await createEcsMetadata(config, { environment: process.env }));
});
