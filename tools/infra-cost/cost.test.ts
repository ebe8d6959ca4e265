import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { billFor, millionOrders, notInTheBill } from './bill.ts';
import { prices } from './prices.ts';
import { renderBills } from './render-bills.ts';

const root = new URL('../..', import.meta.url).pathname;
const [workshop, production] = [billFor(root, 'workshop'), billFor(root, 'production')];
const line = (bill: typeof workshop, item: string) => bill.lines.find((each) => each.item === item);

describe('the bill', () => {
  test('of a lab of five hours stays under 10 USD, also when somebody forgets it for two days', () => {
    expect(workshop.lab).toBeLessThan(1);
    expect(workshop.hour * 48).toBeLessThan(5);
  });

  test('counts the tasks that always run, by their size', () => {
    expect(line(workshop, 'tasks')).toMatchObject({ count: 3 });
    expect(line(workshop, 'tasks')?.usdPerHour).toBeCloseTo(3 * (0.25 * 0.03238 + 0.5 * 0.00356), 6);
    expect(line(production, 'tasks')?.usdPerHour).toBeCloseTo(6 * (0.5 * 0.03238 + 0.00356), 6);
  });

  test('has no NAT gateway in a workshop and one for each zone in production', () => {
    expect(line(workshop, 'NAT gateways')).toMatchObject({ count: 0, usdPerHour: 0 });
    expect(line(production, 'NAT gateways')).toMatchObject({ count: 2, usdPerHour: 0.09 });
    expect(line(production, 'public addresses of tasks')).toMatchObject({ count: 0 });
  });

  test('counts the alarms that no template writes down: two for each policy that tracks a target', () => {
    expect(line(workshop, 'alarms of target tracking')).toMatchObject({ count: 12 });
    expect(line(production, 'composite alarms')?.usdPerHour).toBeCloseTo((4 * 0.5) / 730, 6);
  });

  test('is the sum of its lines', () => {
    for (const { lines, hour, month } of [workshop, production]) {
      expect(lines.every(({ usdPerHour }) => Number.isFinite(usdPerHour))).toBe(true);
      expect(hour).toBeCloseTo(
        lines.reduce((sum, { usdPerHour }) => sum + usdPerHour, 0),
        9,
      );
      expect(month).toBeCloseTo(hour * 730, 9);
    }
  });

  test('of a million orders is a matter of tens of dollars', () => {
    expect(millionOrders()).toBeGreaterThan(5);
    expect(millionOrders()).toBeLessThan(50);
  });
});

test.each(Object.entries(prices))('the price %s has a source', (_name, { usd, unit, source, asOf }) => {
  expect(usd).toBeGreaterThan(0);
  expect(unit).not.toBe('');
  expect(source).not.toBe('');
  if (asOf) expect(asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
});

test.each(['README.md', 'infra/README.md'])('%s quotes the bills, and says what is not in them', (file) => {
  const text = readFileSync(`${root}${file}`, 'utf8');
  expect(text).toContain(renderBills([workshop, production]));
  expect(text.replaceAll('\n', ' ')).toContain(notInTheBill);
});
