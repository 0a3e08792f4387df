import { originOf, type Provenance, stampText } from "../../../modules/kit/mod.ts";
import type { ResultHead } from "./result.ts";

/** What stands in the place of the mark where a result does not keep what its input was. */
export const UNKNOWN_INPUT = "input kind not recorded";

type Stamped = Pick<ResultHead, "input" | "config" | "dt">;

/** Whose market a result is about; null when it was made before results kept that. */
export function resultProvenance({ input, config, dt }: Stamped): Provenance | null {
  if (input.provenance === undefined) return null;
  return { ...originOf(input.provenance), instrument: String(config["symbol"]), date: dt };
}

/** The stamp of a result and of everything that is taken of it, in one line. */
export function resultStamp(of: Stamped): string {
  const market = resultProvenance(of);
  if (market !== null) return stampText(market);
  return [UNKNOWN_INPUT, String(of.config["symbol"]), of.dt, of.input.name].join(" · ");
}
