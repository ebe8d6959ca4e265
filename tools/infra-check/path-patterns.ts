/** Whether some path matches both patterns of listener rules; `*` stands for any characters, `?` for one. */
export function overlap(one: string, other: string): boolean {
  const seen = new Map<string, boolean>();
  return meet(0, 0);

  function meet(i: number, j: number): boolean {
    const key = `${i},${j}`;
    const known = seen.get(key);
    if (known !== undefined) return known;
    const result = step(i, j);
    seen.set(key, result);
    return result;
  }

  function step(i: number, j: number): boolean {
    const [a, b] = [one[i], other[j]];
    if (a === undefined && b === undefined) return true;
    if (a === '*') return meet(i + 1, j) || (b !== undefined && meet(i, j + 1));
    if (b === '*') return meet(i, j + 1) || (a !== undefined && meet(i + 1, j));
    if (a === undefined || b === undefined) return false;
    return (a === b || a === '?' || b === '?') && meet(i + 1, j + 1);
  }
}
