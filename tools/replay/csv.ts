import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';

const COLUMNS = ['InvoiceNo', 'StockCode', 'Description', 'Quantity', 'UnitPrice', 'CustomerID'] as const;

/** One line of the file as it stands there: every field a string, columns beyond these ignored. */
export type Row = Record<(typeof COLUMNS)[number], string>;

/** Streams the rows of an "Online Retail" CSV file. A short row has empty strings in place of what it lacks. */
export async function* readRows(file: string): AsyncGenerator<Row> {
  const parser = parse({ bom: true, columns: checkedHeader, relax_column_count: true, skip_empty_lines: true });
  const read = pipeline(createReadStream(file), parser);
  // The parser's iterator throws the same error; without this it would also count as unhandled.
  read.catch(() => undefined);
  for await (const record of parser as AsyncIterable<Partial<Row>>) {
    yield Object.fromEntries(COLUMNS.map((column) => [column, (record[column] ?? '').trim()])) as Row;
  }
  await read;
}

function checkedHeader(header: string[]): string[] {
  const missing = COLUMNS.filter((column) => !header.includes(column));
  if (missing.length > 0) throw new Error(`this is no Online Retail file: no column ${missing.join(', ')}`);
  return header;
}
