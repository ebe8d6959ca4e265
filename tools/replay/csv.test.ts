import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Row, readRows } from './csv.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replay-csv-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function rowsOf(text: string) {
  const file = join(folder, 'orders.csv');
  await writeFile(file, text);
  return await all(readRows(file));
}

async function all(rows: AsyncIterable<Row>): Promise<Row[]> {
  const read = [];
  for await (const row of rows) read.push(row);
  return read;
}

const HEADER = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

test('rows are read with quotes, other columns and a byte order mark', async () => {
  expect(await rowsOf(`\uFEFF${HEADER}\n1,A,"LARGE, ""RED"" MUG ",6,2031-05-06,2.55,90001,France\n`)).toEqual([
    {
      InvoiceNo: '1',
      StockCode: 'A',
      Description: 'LARGE, "RED" MUG',
      Quantity: '6',
      UnitPrice: '2.55',
      CustomerID: '90001',
    },
  ]);
});

test('a row that is cut short has empty fields', async () => {
  expect(await rowsOf(`${HEADER}\n1,A\n`)).toMatchObject([
    { InvoiceNo: '1', StockCode: 'A', Quantity: '', UnitPrice: '' },
  ]);
});

test('a file of another kind is refused by the columns it lacks', async () => {
  await expect(rowsOf('InvoiceNo,Quantity\n1,2\n')).rejects.toThrow(
    'no column StockCode, Description, UnitPrice, CustomerID',
  );
});

test('a file that is not there is refused', async () => {
  await expect(all(readRows(join(folder, 'nowhere.csv')))).rejects.toThrow('ENOENT');
});
