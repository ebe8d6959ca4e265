/** Fails unless the service at `baseUrl` says by `deadlineAt` (epoch ms) that it is alive. */
export async function assertAlive(baseUrl: string, deadlineAt: number): Promise<void> {
  const signal = AbortSignal.timeout(Math.max(0, deadlineAt - Date.now()));
  const answer = await fetch(new URL('/livez', baseUrl), { signal });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`${baseUrl} answers ${answer.status}`);
}
