import type { ServiceProcess } from './service-process.ts';

/** Does something while a process is held up, and lets it go on whatever comes of it. */
export async function amid<Result>(
  paused: Pick<ServiceProcess, 'pause' | 'resume'>,
  act: () => Promise<Result>,
): Promise<Result> {
  paused.pause();
  try {
    return await act();
  } finally {
    paused.resume();
  }
}
