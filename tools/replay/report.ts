import Table from 'cli-table3';
import { leftOutRules } from './clean.ts';
import { unmatchedReasons } from './match-cancellations.ts';
import { FILE_CURRENCY, formatMinor } from './money.ts';
import { isSame, minus, plus, type Sum } from './sum.ts';
import { type FileTally, unaccounted } from './tally-file.ts';
import type { ShopTally } from './tally-shop.ts';

/** Where the shop and the file disagree, one sentence each; none is what a replay is for. */
export function findFaults(file: FileTally, shop: ShopTally): string[] {
  const rest = unaccounted(file);
  const sums = [
    ...(isSame(rest, { count: 0, units: 0, amountMinor: 0 })
      ? []
      : [`the rows come to ${text(rest)} more than is accounted for`]),
    ...compare('sold', file.sold, plus(shop.confirmed, shop.cancelled)),
    ...compare('cancelled', file.matched, minus(shop.cancelled, shop.cancelledLater)),
  ];
  return [...sums, ...shop.faults];
}

function compare(what: string, file: Sum, shop: Sum): string[] {
  return isSame(file, shop) ? [] : [`${what}: ${text(file)} in the file, ${text(shop)} in the shop`];
}

function text({ units, amountMinor }: Sum): string {
  return `${number(units)} units for ${FILE_CURRENCY} ${formatMinor(amountMinor)}`;
}

/** The file and the shop side by side, for people. */
export function renderReport(file: FileTally, shop: ShopTally): string {
  const placed = plus(shop.confirmed, shop.cancelled);
  const table = new Table({
    style: { head: [], border: [] },
    colAligns: ['left', 'right', 'right', 'right'],
    chars: { 'left-mid': '', mid: '', 'mid-mid': '', 'right-mid': '' },
  });
  const row = (title: string, { count, units, amountMinor }: Sum) =>
    table.push([title, number(count), number(units), formatMinor(amountMinor)]);

  table.push([`The file: ${number(file.invoices)} invoices`, 'rows', 'units', FILE_CURRENCY]);
  row('as written', file.written);
  for (const [rule, sum] of file.leftOut) row(`left out: ${leftOutRules[rule]}`, sum);
  row(`sales, after adding ${number(file.merged)} repeated rows to their line`, file.sold);
  row('cancellations matched to a sale', file.matched);
  for (const [reason, sum] of file.unmatched) row(`not matched: ${unmatchedReasons[reason]}`, sum);
  row('sales less matched cancellations', minus(file.sold, file.matched));
  table.push(['The shop', 'orders', 'units', FILE_CURRENCY]);
  row(`placed${shop.already > 0 ? `, ${number(shop.already)} of them by an earlier run` : ''}`, placed);
  row('cancelled', shop.cancelled);
  if (shop.cancelledLater.count > 0) row('  of these by a longer run before', shop.cancelledLater);
  row('kept', shop.confirmed);
  return table.toString();
}

/** The last line of a replay in which everything agrees. */
export function renderConclusion(file: FileTally, shop: ShopTally): string {
  const placed = plus(shop.confirmed, shop.cancelled);
  const { count } = shop.cancelled;
  const given = count > 0 ? `, ${number(count)} of them cancelled (${text(shop.cancelled)})` : '';
  return `${number(file.invoices)} invoices, ${number(placed.count)} orders, ${text(placed)}${given}: reconciled`;
}

export function number(value: number): string {
  return value.toLocaleString('en-GB');
}
