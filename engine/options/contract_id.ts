import { dateOfDays, daysOfDate } from "../regime/mod.ts";

/** Right of an option. */
export type Right = "C" | "P";

/** What a contract id says. */
export interface ContractTerms {
  readonly root: string;
  /** YYYYMMDD. */
  readonly expiry: number;
  /** USD. */
  readonly strike: number;
  readonly right: Right;
}

const DASHED = /^([A-Z][A-Z0-9.]{0,5})-(\d{4})-(\d{2})-(\d{2})-(\d{1,6}(?:\.\d{1,3})?)-([CP])$/;
const OCC = /^([A-Z][A-Z0-9.]{0,5}) {0,5}(\d{2})(\d{2})(\d{2})([CP])(\d{8})$/;

function pad(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/** Text `YYYY-MM-DD` of an integer date. */
function dateText(ymd: number): string {
  return `${Math.floor(ymd / 10_000)}-${pad(Math.floor(ymd / 100) % 100)}-${pad(ymd % 100)}`;
}

/** Id of a contract: `ROOT-YYYY-MM-DD-STRIKE-C`, the strike without trailing zeros. */
export function contractId(root: string, expiry: number, strike: number, right: Right): string {
  return `${root}-${dateText(expiry)}-${strike}-${right}`;
}

function terms(
  root: string,
  expiry: number,
  strike: number,
  right: string,
): ContractTerms | null {
  if (dateOfDays(daysOfDate(expiry)) !== expiry || !(strike > 0)) return null;
  return { root, expiry, strike, right: right === "C" ? "C" : "P" };
}

/**
 * Terms of a contract id, or null when the text is none. Takes the dashed form and the 21-character form
 * of the Options Clearing Corporation (root padded to six, YYMMDD, right, strike in thousandths).
 */
export function parseContractId(text: string): ContractTerms | null {
  const dashed = DASHED.exec(text);
  if (dashed !== null) {
    const [, root = "", year, month, day, strike, right = ""] = dashed;
    return terms(root, Number(`${year}${month}${day}`), Number(strike), right);
  }
  const occ = text.length === 21 ? OCC.exec(text) : null;
  if (occ === null) return null;
  const [, root = "", year, month, day, right = "", thousandths] = occ;
  return terms(root, Number(`20${year}${month}${day}`), Number(thousandths) / 1_000, right);
}
