import { describe, expect, test } from '@jest/globals';
import type { Row } from './csv.ts';
import { type File, readInvoices } from './invoices.ts';
import { packLines, planOrders } from './plan.ts';

/** Rows written as `invoice code quantity price customer`. */
async function fileOf(...rows: string[]): Promise<File> {
  async function* read(): AsyncGenerator<Row> {
    for (const row of rows) {
      const [InvoiceNo = '', StockCode = '', Quantity = '', UnitPrice = '', CustomerID = ''] = row.split(' ');
      yield { InvoiceNo, StockCode, Quantity, UnitPrice, CustomerID, Description: `Name of ${StockCode}` };
    }
  }
  return await readInvoices(read());
}

async function planOf(...rows: string[]) {
  const { orders, unmatched } = planOrders((await fileOf(...rows)).invoices);
  return {
    orders: orders.map(({ idempotencyKey, lines, cancelledBy }) => ({
      key: idempotencyKey,
      lines: lines.map(({ sku, quantity, priceMinor }) => `${quantity} ${sku} ${priceMinor}`),
      ...(cancelledBy ? { cancelledBy: cancelledBy.invoiceNo } : {}),
    })),
    unmatched: unmatched.map(({ cancellation, line, reason }) => `${cancellation.invoiceNo} ${line.sku} ${reason}`),
  };
}

describe('an invoice', () => {
  test('becomes one order with its rows as lines', async () => {
    expect(await planOf('1 A 2 1.00 c1', '1 E 1 0.50 c1')).toEqual({
      orders: [{ key: 'replay:1:1', lines: ['2 A 100', '1 E 50'] }],
      unmatched: [],
    });
  });

  test('that repeats a code at one price has one line of it', async () => {
    const { orders } = await planOf('1 A 2 1.00 c1', '1 A 3 1.0 c1');
    expect(orders).toEqual([{ key: 'replay:1:1', lines: ['5 A 100'] }]);
  });

  test('with two prices for a code becomes two orders', async () => {
    const { orders } = await planOf('1 A 2 1.00 c1', '1 A 3 0.80 c1', '1 E 1 5 c1');
    expect(orders).toEqual([
      { key: 'replay:1:1', lines: ['2 A 100', '1 E 500'] },
      { key: 'replay:1:2', lines: ['3 A 80'] },
    ]);
  });

  test('of nothing that can be sold becomes no order, and its rows are kept for the report', async () => {
    const { invoices } = await fileOf('1 POST 1 18.00 c1', '1 A -3 0 c1');
    expect(planOrders(invoices).orders).toEqual([]);
    expect(invoices[0]?.leftOut.map(({ leftOut }) => leftOut)).toEqual(['not-goods', 'sign']);
  });
});

describe('lines are packed into orders', () => {
  const line = (sku: string, quantity = 1) => ({ sku, quantity, priceMinor: 100 });

  test('of at most 99 lines', () => {
    const orders = packLines(Array.from({ length: 200 }, (_, index) => line(`S${index}`)));
    expect(orders.map((lines) => lines.length)).toEqual([99, 99, 2]);
  });

  test('of at most 10,000 units a line', () => {
    expect(packLines([line('A', 25_000)]).map(([only]) => only?.quantity)).toEqual([10_000, 10_000, 5_000]);
  });
});

describe('a cancellation', () => {
  test('of a whole sale cancels its order', async () => {
    expect(await planOf('1 A 2 1.00 c1', 'C2 A -2 1.00 c1')).toEqual({
      orders: [{ key: 'replay:1:1', lines: ['2 A 100'], cancelledBy: 'C2' }],
      unmatched: [],
    });
  });

  test('of a part makes an order of its own of what is taken back', async () => {
    expect((await planOf('1 A 5 1.00 c1', '1 E 1 2.00 c1', 'C2 A -2 1.00 c1')).orders).toEqual([
      { key: 'replay:1:1', lines: ['3 A 100', '1 E 200'] },
      { key: 'replay:1:2', lines: ['2 A 100'], cancelledBy: 'C2' },
    ]);
  });

  test('takes back from the latest earlier sale, and never the same units twice', async () => {
    const rows = ['1 A 2 1.00 c1', '2 A 2 1.00 c1', 'C3 A -2 1.00 c1', 'C4 A -2 1.00 c1', 'C5 A -1 1.00 c1'];
    expect(await planOf(...rows)).toEqual({
      orders: [
        { key: 'replay:1:1', lines: ['2 A 100'], cancelledBy: 'C4' },
        { key: 'replay:2:1', lines: ['2 A 100'], cancelledBy: 'C3' },
      ],
      unmatched: ['C5 A too-many'],
    });
  });

  test.each([
    ['no-customer', ['1 A 2 1.00', 'C2 A -2 1.00']],
    ['never-bought', ['1 A 2 1.00 c1', 'C2 A -2 1.00 c2']],
    ['never-bought', ['C2 A -2 1.00 c1', '3 A 2 1.00 c1']],
    ['other-price', ['1 A 2 1.00 c1', 'C2 A -2 0.90 c1']],
    ['too-many', ['1 A 2 1.00 c1', 'C2 A -3 1.00 c1']],
  ])('that fits no earlier sale is left out: %s, %j', async (reason, rows) => {
    expect((await planOf(...rows)).unmatched).toEqual([`C2 A ${reason}`]);
  });
});
