import type { Findings } from './findings.ts';
import { createHoldTally, type HoldTally } from './hold-tally.ts';
import type { ProductItem } from './items.ts';
import { type Pause, ROUNDS } from './pause.ts';
import type { ShopTables } from './shop-tables.ts';

export type StockCheck = {
  tables: Pick<ShopTables, 'products' | 'reservations' | 'findProducts'>;
  findings: Findings;
  pause: Pause;
  startedAt: number;
};

/**
 * For each product: available + held = received.
 *
 * A product is one item and read in one moment, but the sum of its holds takes a pass over all reservations, in which a
 * sale can be missed and a release seen, or the reverse. That `available` is the same before and after proves nothing: one
 * sale and one release of the same size leave it as it was. So the holds are summed before and after the product is read,
 * and their moves counted (hold-tally.ts). When no hold of the product moved between the two sums, what they show was true
 * at the moment when the product was read, and the equation is exact for that moment. The chain is
 *
 *     sum 0   product 0   sum 1   product 1   sum 2   product 2   sum 3
 *
 * Round n judges product n-1 by the sums around it. A difference counts when all three rounds saw it, unmoved; a round in
 * which nothing moved and the equation holds clears the product; what moved all the time is undecided. A product that agrees
 * at the first look is not looked at again: a difference that a sale in progress happens to hide shows in the next run.
 */
export async function checkStock(check: StockCheck, sum0: HoldTally): Promise<void> {
  const { tables, findings, pause, startedAt } = check;
  let suspects = await findSuspects(check, sum0);
  let before = sum0;
  for (let round = 1; round <= ROUNDS && suspects.size > 0; round += 1) {
    await pause(round);
    const only = new Set(suspects.keys());
    const after = createHoldTally({ startedAt, only });
    for await (const page of tables.reservations()) after.add(page);

    const judged = new Map<string, Suspect>();
    for (const [sku, { product, excess, still }] of suspects) {
      const unmoved = before.of(sku).moves === after.of(sku).moves;
      const now = excessOf(product, before.of(sku).held);
      if (unmoved && isRight(product, now)) continue;
      judged.set(sku, { product, excess: now, still: still && unmoved && now === excess });
    }
    suspects = judged;
    before = after;
    if (round < ROUNDS) suspects = await readAgain(check, suspects);
  }
  for (const [id, { product, excess, still }] of suspects) {
    const kind = excess < 0 && product.available >= 0 ? 'product-lost' : 'product-oversold';
    const held = product.received + excess - product.available;
    const detail = `available ${product.available}, held ${held}, received ${product.received}`;
    (still ? findings.difference : findings.undecided)({ kind, id, detail });
  }
}

/** A product as read last, its excess as judged last, and whether each round so far saw the same without a move. */
type Suspect = { product: ProductItem; excess: number; still: boolean };

async function findSuspects({ tables, findings }: StockCheck, sum: HoldTally): Promise<Map<string, Suspect>> {
  const suspects = new Map<string, Suspect>();
  const unknown = new Set(sum.skus());
  for await (const page of tables.products()) {
    findings.checked('products', page.length);
    for (const product of page) {
      unknown.delete(product.sku);
      const excess = excessOf(product, sum.of(product.sku).held);
      if (!isRight(product, excess)) suspects.set(product.sku, { product, excess, still: true });
    }
  }
  for (const sku of unknown) {
    const { held } = sum.of(sku);
    if (held > 0) suspects.set(sku, { product: absent(sku), excess: held, still: true });
  }
  return suspects;
}

async function readAgain({ tables }: StockCheck, suspects: Map<string, Suspect>): Promise<Map<string, Suspect>> {
  const products = await tables.findProducts([...suspects.keys()]);
  return new Map([...suspects].map(([sku, last]) => [sku, { ...last, product: products.get(sku) ?? absent(sku) }]));
}

/** Units too many (oversold) or, below zero, too few (lost). */
function excessOf({ available, received }: ProductItem, held: number): number {
  return available + held - received;
}

function isRight({ available }: ProductItem, excess: number): boolean {
  return excess === 0 && available >= 0;
}

function absent(sku: string): ProductItem {
  return { sku, available: 0, received: 0 };
}
