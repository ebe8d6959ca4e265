const mask = '[masked]';
/** Also after an escaped line break in JSON, whose letter would otherwise belong to the word. */
const paymentMethodToken = /(?:\b|(?<=\\[bfnrt]))pm_\w+/g;
/** 13 to 19 digits (ISO/IEC 7812), alone or in groups; digits inside an id of letters and digits are no card number. */
const cardNumber = /(?<![\w-])\d(?:[ -]?\d){12,18}(?![\w-])/g;

const suspicious = /pm_|\d(?:[ -]?\d){3}/;

/** The text with every payment method token and every card number (by its Luhn digit) replaced. */
export function maskPaymentDetails(text: string): string {
  if (!suspicious.test(text)) return text;
  return text.replace(paymentMethodToken, mask).replace(cardNumber, (digits) => (passesLuhn(digits) ? mask : digits));
}

/** A finished log line without payment method tokens, wherever they stood. The look before the search is what it costs. */
export function maskPaymentMethods(line: string): string {
  return line.includes('pm_') ? line.replace(paymentMethodToken, mask) : line;
}

/** The check digit of ISO/IEC 7812-1, annex B. */
function passesLuhn(number: string): boolean {
  const digits = number.replaceAll(/\D/g, '');
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
