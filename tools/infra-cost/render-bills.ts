import type { Bill } from './bill.ts';
import { assumptions } from './prices.ts';

/** The bills side by side, as a table that reads as well in a terminal as in a document. */
export function renderBills(bills: readonly Bill[]): string {
  const items = bills[0]?.lines.map(({ item }) => item) ?? [];
  const used = items.filter((item) => bills.some((bill) => lineOf(bill, item)?.count));
  const row = (first: string, cells: string[]) => `| ${[first, ...cells].join(' | ')} |`;
  const sum = (name: string, of: (bill: Bill) => number) =>
    row(
      name,
      bills.map((bill) => of(bill).toFixed(2)),
    );
  return [
    row(
      'USD per hour',
      bills.map(({ profile }) => profile),
    ),
    row(
      '---',
      bills.map(() => '---:'),
    ),
    ...used.map((item) =>
      row(
        item,
        bills.map((bill) => {
          const { count = 0, usdPerHour = 0 } = lineOf(bill, item) ?? {};
          return count === 0 ? '' : `${count}: ${usdPerHour.toFixed(4)}`;
        }),
      ),
    ),
    row(
      '**an hour**',
      bills.map(({ hour }) => `**${hour.toFixed(3)}**`),
    ),
    sum(`a lab of ${assumptions.labHours} hours`, ({ lab }) => lab),
    sum('a month', ({ month }) => month),
    sum('a million orders on top', (bill) => bill.millionOrders),
  ].join('\n');
}

function lineOf({ lines }: Bill, item: string) {
  return lines.find((line) => line.item === item);
}
