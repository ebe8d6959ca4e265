import { type DestinationStream, type Logger, pino } from 'pino';
import pretty from 'pino-pretty';
import { allowedHeaders } from './allowed-headers.ts';
import { createLineWriter } from './line-writer.ts';
import { maskPaymentDetails, maskPaymentMethods } from './mask-payment-details.ts';
import { withRequestLines } from './request-line.ts';
import { safeError } from './safe-error.ts';
import { traceFields } from './trace-fields.ts';

export type { Logger } from 'pino';
export { requestLogging, shareLogger } from './request-logging.ts';

/** What each line says about its origin, and where the lines go. */
export type LoggerOptions = {
  service: string;
  version: string;
  level: string;
  taskId?: string | undefined;
  availabilityZone?: string | undefined;
  /** People read a terminal, machines read a pipe. */
  pretty?: boolean;
  destination?: DestinationStream;
};

/**
 * A pino logger: one JSON object a line, with the task's fields and, inside a request, `trace_id` and `span_id`.
 * Nothing of a payment method is ever written: bodies and methods are dropped by key, card numbers in messages and errors
 * are masked, and tokens wherever they stand. Of headers only an allow-list is written.
 */
export function createLogger({
  service,
  version,
  level,
  taskId,
  availabilityZone,
  pretty: isPretty = process.stdout.isTTY === true,
  destination = isPretty ? pretty({ ignore: 'service,version,taskId,availabilityZone' }) : createLineWriter(),
}: LoggerOptions): Logger {
  const origin = { service, version, taskId, availabilityZone };
  const logger = pino(
    {
      level,
      base: origin,
      mixin: traceFields,
      hooks: { streamWrite: maskPaymentMethods },
      formatters: { level: (label) => ({ level: label }) },
      serializers: {
        err: safeError,
        error: safeError,
        msg: maskPaymentDetails,
        headers: allowedHeaders,
        req: dropped,
        res: dropped,
        body: dropped,
        payload: dropped,
        paymentMethod: dropped,
      },
    },
    destination,
  );
  return withRequestLines(logger, origin, (line) => destination.write(line));
}

/** Resolves when every line written so far has left the process; part of an orderly shutdown. */
export function flushLogger(logger: Logger): Promise<void> {
  return new Promise((resolve, reject) => logger.flush((error) => (error ? reject(error) : resolve())));
}

function dropped(): undefined {}
