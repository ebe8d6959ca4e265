/** The file has no currency column: the data set's prices are in pounds sterling. */
export const FILE_CURRENCY = 'GBP';
const MINOR_DIGITS = 2;

/**
 * The minor units in a decimal string, digit by digit, because 4.35 * 100 is not 435 in floating point.
 * `fraction` when the amount is no whole number of minor units, `malformed` when the string is no decimal number.
 */
export function minorUnits(decimal: string): number | 'fraction' | 'malformed' {
  const match = /^(-?)(\d{1,12})(?:\.(\d+))?$/.exec(decimal.trim());
  if (!match) return 'malformed';
  const [, sign, whole = '', decimals = ''] = match;
  if (/[1-9]/.test(decimals.slice(MINOR_DIGITS))) return 'fraction';
  const amountMinor = Number(whole + decimals.slice(0, MINOR_DIGITS).padEnd(MINOR_DIGITS, '0'));
  return sign && amountMinor !== 0 ? -amountMinor : amountMinor;
}

/** For people: `-1,234.50`. */
export function formatMinor(amountMinor: number): string {
  const digits = String(Math.abs(amountMinor)).padStart(MINOR_DIGITS + 1, '0');
  const whole = BigInt(digits.slice(0, -MINOR_DIGITS)).toLocaleString('en-GB');
  return `${amountMinor < 0 ? '-' : ''}${whole}.${digits.slice(-MINOR_DIGITS)}`;
}
