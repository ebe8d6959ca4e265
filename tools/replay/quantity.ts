/** The units in a whole decimal number of up to nine digits, negative where goods go back; undefined for any other text. */
export function parseQuantity(text: string): number | undefined {
  return /^-?\d{1,9}$/.test(text) ? Number(text) : undefined;
}
