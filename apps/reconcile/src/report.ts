import Table from 'cli-table3';
import { checkedThings, type createFindings } from './findings.ts';
import { differenceKinds } from './judge-order.ts';

/** No line between two rows. */
const PLAIN = { 'left-mid': '', mid: '', 'mid-mid': '', 'right-mid': '' };

/** The result of a run, as `--json` prints it. */
export type Report = ReturnType<ReturnType<typeof createFindings>['summary']> & {
  /** `different` wins over `undecided`. */
  outcome: 'clean' | 'different' | 'undecided';
  startedAt: string;
  durationMs: number;
};

/** The report for people: what was looked at, what differs, and examples. */
export function renderReport(report: Report): string {
  const { checked, leftOut, confirmed, differences, undecided } = report;
  const table = new Table({
    head: ['reconcile', ''],
    style: { head: [], border: [] },
    colAligns: ['left', 'right'],
    chars: PLAIN,
  });
  for (const thing of checkedThings) table.push([`${thing} checked`, count(checked[thing])]);
  if (leftOut > 0) table.push(['orders placed since the start, left out', count(leftOut)]);
  for (const { currency, orders, amountMinor } of confirmed) {
    table.push(
      [`confirmed orders in ${currency}`, count(orders)],
      [`their sum in ${currency}`, decimal(amountMinor, currency)],
    );
  }
  table.push(['differences', count(differences.count)], ['undecided', count(undecided.count)]);
  return [
    table.toString(),
    ...section('Differences', differences),
    ...section('Undecided', undecided),
    conclusion(report),
  ].join('\n');
}

function section(title: string, { kinds, examples, count: total }: Report['differences']): string[] {
  if (total === 0) return [];
  const sums = Object.entries(kinds).map(([kind, number]) => {
    const sentence = differenceKinds[kind as keyof typeof differenceKinds];
    return `  ${count(number)} x ${kind}: ${sentence}`;
  });
  const lines = examples.map(({ kind, id, detail, repaired }) => {
    return `  ${kind} ${id}: ${detail}${repaired ? ` - ${repaired}` : ''}`;
  });
  const rest = total > examples.length ? [`  and ${count(total - examples.length)} more`] : [];
  return ['', `${title}:`, ...sums, '', ...lines, ...rest];
}

function conclusion({ outcome, durationMs }: Report): string {
  const sentence = {
    clean: 'Everything agrees.',
    different: 'Stock, orders, payments and money do not agree.',
    undecided: 'Nothing wrong was seen for certain, but some of it never stood still.',
  }[outcome];
  return `${sentence} (${(durationMs / 1000).toFixed(1)} s)`;
}

function count(number: number): string {
  return number.toLocaleString('en-GB');
}

/** The amount as people write it: how many digits the minor unit has is known by the currency. */
function decimal(amountMinor: number, currency: string): string {
  const format = new Intl.NumberFormat('en-GB', { style: 'currency', currency, currencyDisplay: 'code' });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 0;
  const text = String(amountMinor).padStart(digits + 1, '0');
  const point = text.length - digits;
  return format.format(`${text.slice(0, point)}.${text.slice(point)}` as `${number}`);
}
