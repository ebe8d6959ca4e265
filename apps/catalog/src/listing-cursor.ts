import { decodeCursor, encodeCursor } from '@shop/contracts/page';

export type Listing = { category: string; sort: 'name' | 'price' };

const positions = {
  name: /^.{1,400}#[A-Za-z0-9._-]{1,64}$/su,
  price: /^\d{10}#[A-Za-z0-9._-]{1,64}$/,
};

/** Opaque to callers. It names its listing, so that it cannot be taken to another one. */
export function cursorAfter({ category, sort }: Listing, position: string): string {
  return encodeCursor([category, sort, position]);
}

/** The position to go on from, or undefined when the cursor is not one of this listing. */
export function positionIn(cursor: string, { category, sort }: Listing): string | undefined {
  const [ofCategory, ofSort, position] = decodeCursor(cursor, 3) ?? [];
  if (ofCategory !== category || ofSort !== sort || position === undefined) return undefined;
  return positions[sort].test(position) ? position : undefined;
}
