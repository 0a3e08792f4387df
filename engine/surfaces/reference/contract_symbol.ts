/** Months of the quarterly contracts by their letters. */
const MONTHS: Readonly<Record<string, number>> = { H: 3, M: 6, U: 9, Z: 12 };
const FRIDAY = 5;

/** A quarterly contract. */
export interface Contract {
  readonly root: string;
  readonly year: number;
  /** 3, 6, 9 or 12. */
  readonly month: number;
}

/**
 * A contract by its symbol: root, letter of the month, last one or two digits of the year.
 *
 * @param near Date that tells which years are meant, YYYY-MM-DD: the nearest one, and the later of two.
 * @returns null when the symbol is none of that root.
 */
export function parseContract(root: string, symbol: string, near: string): Contract | null {
  const [, month = "", digits = ""] =
    /^([HMUZ])(\d{1,2})$/.exec(symbol.startsWith(root) ? symbol.slice(root.length) : "") ?? [];
  if (digits === "") return null;
  const span = 10 ** digits.length;
  const nearYear = Number(near.slice(0, 4));
  const least = nearYear - span / 2 + 1;
  const year = least + (Number(digits) - (least % span) + span) % span;
  return { root, year, month: MONTHS[month]! };
}

/** Date on which a quarterly contract expires where no definition tells: the third Friday, YYYY-MM-DD. */
export function thirdFriday({ year, month }: Contract): string {
  const first = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
  const day = 1 + (FRIDAY - first + 7) % 7 + 14;
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}
