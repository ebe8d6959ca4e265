import { parseConfig } from '@shop/config';
import { runMain, start } from '@shop/service';
import { createPaymentService } from './app.ts';
import { PaymentConfig } from './config.ts';

runMain(async () => {
  const config = parseConfig(PaymentConfig, process.env);
  await start(await createPaymentService(config, { environment: process.env }));
});
