import type { AssumptionNames } from "../../frames/surfaces/mod.ts";

/** Each name of a list, in its order, with words. */
type Worded<Names extends readonly string[]> = {
  readonly [Place in keyof Names]: { readonly id: Names[Place]; readonly words: string };
};

/** What is assumed of the dealers' side, in words for whoever reads a number; its code is its place here. */
export const ASSUMPTIONS = [
  { id: "naive", words: "assumes dealers long calls, short puts" },
  { id: "short", words: "assumes dealers short all options" },
  { id: "flow", words: "assumes dealers took the other side of all trades of the session" },
] as const satisfies Worded<AssumptionNames>;
