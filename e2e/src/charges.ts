type Charge = { chargeId: string; status: string; amountMinor: number; refundedMinor: number };

/** What the gateway's ledger has for an order. */
export async function chargesOf(
  orderId: string,
  { GATEWAY_URL, GATEWAY_API_KEY }: { GATEWAY_URL: string; GATEWAY_API_KEY: string },
): Promise<Charge[]> {
  const answer = await fetch(`${GATEWAY_URL}/v1/charges?reference=${orderId}`, {
    headers: { authorization: `Bearer ${GATEWAY_API_KEY}` },
  });
  return ((await answer.json()) as { items: Charge[] }).items;
}
