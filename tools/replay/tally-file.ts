import { type LeftOutRule, leftOutRules } from './clean.ts';
import type { Invoice, Line } from './invoices.ts';
import { type UnmatchedLine, type UnmatchedReason, unmatchedReasons } from './match-cancellations.ts';
import { minus, type Sum, total } from './sum.ts';

/** What the file says of the invoices that are replayed. Nothing of it passes through the plan. */
export type FileTally = {
  invoices: number;
  /** Every row as it stands there. */
  written: Sum;
  leftOut: Map<LeftOutRule, Sum>;
  /** Rows that were added to an equal row of their invoice: not left out. */
  merged: number;
  /** Lines of sales: all of them have to be in the shop. */
  sold: Sum;
  /** Lines of cancellations: those that were matched have to be cancelled in the shop. */
  matched: Sum;
  unmatched: Map<UnmatchedReason, Sum>;
};

export function tallyFile(invoices: readonly Invoice[], unmatchedOfFile: readonly UnmatchedLine[]): FileTally {
  const chosen = new Set(invoices);
  const rows = invoices.flatMap(({ leftOut }) => leftOut);
  const unmatched = unmatchedOfFile.filter(({ cancellation }) => chosen.has(cancellation));
  const linesOf = (kind: Invoice['kind']) => invoices.filter((one) => one.kind === kind).flatMap(({ lines }) => lines);
  return {
    invoices: invoices.length,
    written: total(invoices.map(({ written }) => written)),
    leftOut: group(leftOutRules, (rule) =>
      total(rows.filter(({ leftOut }) => leftOut === rule).map((row) => ({ ...row, count: 1 }))),
    ),
    merged: invoices.reduce((sum, { merged }) => sum + merged, 0),
    sold: sumOf(linesOf('sale')),
    matched: minus(sumOf(linesOf('cancellation')), sumOf(unmatched.map(({ line }) => line))),
    unmatched: group(unmatchedReasons, (reason) =>
      sumOf(unmatched.filter((one) => one.reason === reason).map(({ line }) => line)),
    ),
  };
}

/** What is written but neither sold, cancelled nor left out: always nothing, or a row was dropped in silence. */
export function unaccounted({ written, leftOut, sold, matched, unmatched }: FileTally): Sum {
  const cancelled = total([matched, ...unmatched.values()]);
  return minus(minus(written, total(leftOut.values())), minus(sold, cancelled));
}

export function sumOf(lines: readonly Line[]): Sum {
  return total(
    lines.map(({ quantity, priceMinor }) => ({ count: 1, units: quantity, amountMinor: quantity * priceMinor })),
  );
}

function group<Key extends string>(keys: Record<Key, string>, sum: (key: Key) => Sum): Map<Key, Sum> {
  const sums = (Object.keys(keys) as Key[]).map((key) => [key, sum(key)] as const);
  return new Map(sums.filter(([, { count }]) => count > 0));
}
