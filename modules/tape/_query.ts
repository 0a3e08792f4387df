import { z } from "zod";

/** Most symbols of a list. */
const MAX_SYMBOLS = 32;

const SYMBOL = /^[A-Za-z0-9._:|+-]{1,64}$/;
const ID = /^[A-Za-z0-9._:|+-]{1,512}$/;

/** A whole number in decimal digits, from `least` to `most`. */
export function whole(least: number, most: number) {
  const rule = `must be a whole number from ${least} to ${most}`;
  return z.string(rule).regex(/^-?\d{1,16}$/, rule).transform(Number)
    .pipe(z.int(rule).min(least, rule).max(most, rule));
}

/** A plain decimal number from `least` to `most`. */
export function decimal(least: number, most: number) {
  const rule = `must be a number from ${least} to ${most}`;
  return z.string(rule).regex(/^\d{1,12}(\.\d{1,12})?$/, rule).transform(Number)
    .pipe(z.number(rule).min(least, rule).max(most, rule));
}

/** True or false. */
export const flag = z.enum(["true", "false", "1", "0"], "must be true or false")
  .transform((text) => text === "true" || text === "1").pipe(z.boolean());

/** A list separated by commas; a parameter that comes several times counts as one list. */
export function list<T extends z.ZodType<unknown, string>>(item: T, most: number) {
  return z.string().transform((text) => text.split(","))
    .pipe(z.array(item).min(1).max(most, `must be at most ${most} values`));
}

/** A symbol or contract. */
export const symbol = z.string().regex(SYMBOL, "must be 1 to 64 letters, digits and . _ : | + -");
/** Identity of a row. */
export const identity = z.string().regex(ID, "must be 1 to 512 letters, digits and . _ : | + -");
/** Epoch ms. */
export const epoch = whole(0, Number.MAX_SAFE_INTEGER);
/** A contract to narrow by. */
export const option_contract_id = symbol.optional().describe("Rows of this contract");

/** What rows of a symbol can be asked for by; every stream has these. */
export const bySymbol = {
  underlying_id: symbol.optional().describe("Rows of this symbol"),
  underlying_ids: list(symbol, MAX_SYMBOLS).optional()
    .describe(`Rows of these symbols, at most ${MAX_SYMBOLS}`),
  source: z.string().regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/,
    "must be 1 to 64 letters, digits, _ and -",
  ).optional().describe("Rows whose trace id begins with this"),
};
