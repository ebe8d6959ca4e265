import { describe, expect, test } from '@jest/globals';
import { maskPaymentDetails } from './mask-payment-details.ts';

describe('payment details in a text', () => {
  test.each(['4242424242424242', '378282246310005', '6011 1111 1111 1117', '5555-5555-5555-4444', '4222222222222'])(
    'the card number %s is masked',
    (number) => {
      expect(maskPaymentDetails(`card ${number} was refused`)).toBe('card [masked] was refused');
    },
  );

  test('a payment method token is masked wherever it stands', () => {
    expect(maskPaymentDetails('{"paymentMethod":"pm_needs_8s_x1"},pm_approve')).toBe(
      '{"paymentMethod":"[masked]"},[masked]',
    );
  });

  test.each([
    ['a number that fails the check digit', '4242424242424241'],
    ['too few digits', '424242424242'],
    ['too many digits', '42424242424242424242424242'],
    ['a trace id of many digits', '4242424242424242abcdef0123456789'],
    ['an order id', 'ord_4242424242424242'],
    ['a word that ends like a token', 'rpm_packages'],
  ])('%s stays as it is', (_title, text) => {
    expect(maskPaymentDetails(text)).toBe(text);
  });
});
