import type { NodalFields } from "../../../../engine/particle/mod.ts";

/** Nodal values of a golden medium. */
export type GoldenMedium = Readonly<Record<"U" | "C" | "G" | "O", readonly number[]>>;

/** Returns a golden medium as the engine takes it. */
export function mediumOf({ U, C, G, O }: GoldenMedium): NodalFields {
  const column = (values: readonly number[]) => Float64Array.from(values);
  return { U: column(U), C: column(C), G: column(G), O: column(O) };
}
