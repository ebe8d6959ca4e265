import { parseConfig } from '@shop/config';
import { runMain, start } from '@shop/service';
import { createSandboxGateway } from './app.ts';
import { SandboxGatewayConfig } from './config.ts';

runMain(async () => {
  const config = parseConfig(SandboxGatewayConfig, process.env);
  await start(await createSandboxGateway(config, { environment: process.env }));
});
