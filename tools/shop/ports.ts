import { createServer } from 'node:net';

/** One sentence for each port that something else listens on. */
export async function findTakenPorts(ports: Readonly<Record<string, number>>): Promise<string[]> {
  const faults = await Promise.all(
    Object.entries(ports).map(async ([part, port]) =>
      (await isTaken(port))
        ? `Port ${port}, which ${part} needs, is taken: stop what listens there, then try again.`
        : [],
    ),
  );
  return faults.flat();
}

/** A listener on either loopback address counts, because `localhost` means both. */
async function isTaken(port: number): Promise<boolean> {
  return (await listenFails(port, '127.0.0.1')) || (await listenFails(port, '::1'));
}

function listenFails(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code === 'EADDRINUSE'));
    server.listen(port, host, () => server.close(() => resolve(false)));
  });
}
