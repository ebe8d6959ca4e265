export type DeclineReason = 'card_declined' | 'method_unknown' | 'method_expired' | 'amount_not_accepted';

/** How the sandbox treats a charge; without any of the optional members it approves at once. */
export type Behaviour = {
  readonly does: string;
  readonly declines?: DeclineReason;
  /** How long each ask takes; one that is abandoned earlier leaves no result. */
  readonly takesMs?: number;
  /** What becomes of the first ask for a key. The ledger remembers that it was made, whatever process took it. */
  readonly firstAsk?: 'charge-and-hang' | 'hang' | 'fail';
};

const unknownMethod = {
  does: 'declines: `method_unknown`, as for every token that is not in this table',
  declines: 'method_unknown',
} as const satisfies Behaviour;

/** The payment methods of the sandbox. Any of them may end in `_` and letters, digits or `_` of the caller's choice. */
export const tokens: Readonly<Record<string, Behaviour>> = {
  pm_approve: { does: 'approves at once' },
  pm_decline: { does: 'declines: `card_declined`', declines: 'card_declined' },
  pm_expired: { does: 'declines: `method_expired`', declines: 'method_expired' },
  pm_invalid: unknownMethod,
  pm_slow: { does: 'approves after 1 s', takesMs: 1000 },
  pm_needs_8s: {
    does: 'approves after 8 s; a caller that hangs up sooner leaves nothing behind and has to ask again',
    takesMs: 8000,
  },
  pm_timeout_with_effect: { does: 'charges, but never answers the first ask', firstAsk: 'charge-and-hang' },
  pm_timeout_without_effect: {
    does: 'never answers the first ask and charges nothing; approves the next',
    firstAsk: 'hang',
  },
  pm_error: { does: 'answers the first ask with 500 and charges nothing; approves the next', firstAsk: 'fail' },
};

/** What the sandbox does with a payment method: the longest token that the method is or begins with counts. */
export function behaviourOf(paymentMethod: string): Behaviour {
  const known = Object.keys(tokens)
    .filter((token) => paymentMethod === token || paymentMethod.startsWith(`${token}_`))
    .sort((a, b) => b.length - a.length);
  return tokens[known[0] ?? 'pm_invalid'] ?? unknownMethod;
}

/** The tokens as a Markdown table, for the API description. */
export function tokenTable(): string {
  const rows = Object.entries(tokens).map(([token, { does }]) => `| \`${token}\` | ${does} |`);
  return ['| payment method | the gateway |', '|---|---|', ...rows].join('\n');
}
