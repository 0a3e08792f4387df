import { DirectionalSignals } from "../../../../engine/signals/mod.ts";
import { COLUMN } from "../column_store.ts";
import type { BinHistory } from "../history.ts";

/** Page and server agree when no value differs by more, relative and absolute. */
const AGREEMENT = 1e-9;
/** Newest bins that are compared; the server keeps some more. */
const MAX_BINS = 1_000;
/** Values per bin, in the order of the server's answer. */
const VALUES = ["composite", "ads", "pfp", "svac", "warmup"] as const;

/** A stretch of bins without a hole, and what the page makes of it. */
export interface PageStretch {
  readonly from: number;
  readonly to: number;
  readonly firstEndNs: bigint;
  readonly lastEndNs: bigint;
  /** Shape [bins, 5]. */
  readonly values: Float64Array;
}

/** How page and server compare. */
export type ServerComparison =
  | { readonly kind: "waiting" }
  | { readonly kind: "unknown"; readonly why: string }
  | {
    readonly kind: "agree" | "differ";
    readonly from: number;
    readonly to: number;
    /** Largest |page − server| / max(1, |server|) of any value. */
    readonly largest: number;
  };

/** The signals of the newest bins by their definition, begun anew at the first; null without bins. */
export function pageStretch(history: BinHistory): PageStretch | null {
  const { store } = history;
  if (store.last < 0 || store.kind[store.slot(store.last)] !== COLUMN.BIN) return null;
  let first = store.last;
  while (store.last - first + 1 < MAX_BINS && store.has(first - 1)) {
    const [slot, before] = [store.slot(first), store.slot(first - 1)];
    const follows = store.kind[before] === COLUMN.BIN &&
      store.binSeq[before]! + 1 === store.binSeq[slot] &&
      store.endNs[before] === store.startNs[slot];
    if (!follows) break;
    first--;
  }
  const signals = new DirectionalSignals(history.config.cellMs);
  const values = new Float64Array((store.last - first + 1) * VALUES.length);
  for (let position = first, at = 0; position <= store.last; position++) {
    const seen = signals.update(history.signalRows(position));
    for (const name of VALUES) values[at++] = seen[name];
  }
  const endOf = (position: number) => history.baseNs + BigInt(store.endNs[store.slot(position)]!);
  return {
    from: store.binSeq[store.slot(first)]!,
    to: store.binSeq[store.slot(store.last)]!,
    firstEndNs: endOf(first),
    lastEndNs: endOf(store.last),
    values,
  };
}

/** Compares a stretch with the server's answer for the same bins. */
export function compareStretch(page: PageStretch, answer: unknown): ServerComparison {
  const server = answer as Readonly<Record<string, unknown>>;
  const values = server["values"];
  const sameBins = server["first_bin_end_ns"] === page.firstEndNs.toString() &&
    server["last_bin_end_ns"] === page.lastEndNs.toString();
  if (!sameBins) return { kind: "unknown", why: "the server holds other bins by now" };
  if (!Array.isArray(values) || values.length !== page.values.length) {
    return { kind: "unknown", why: "the server's answer has another shape" };
  }
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const theirs = Number(values[i]);
    const difference = Math.abs(page.values[i]! - theirs) / Math.max(1, Math.abs(theirs));
    // NaN is a difference too, and the largest there is.
    largest = difference <= largest ? largest : Number.isNaN(difference) ? Infinity : difference;
  }
  const kind = largest <= AGREEMENT ? "agree" : "differ";
  return { kind, from: page.from, to: page.to, largest };
}

/** Asks the server for the bins that the page has, and compares. */
export async function compareWithServer(
  history: BinHistory,
  signal: AbortSignal,
): Promise<ServerComparison> {
  const page = pageStretch(history);
  if (page === null) return { kind: "waiting" };
  try {
    const url = `/v1/pressure/signals?from=${page.from}&to=${page.to}`;
    const answer = await fetch(url, { signal });
    if (answer.ok) return compareStretch(page, await answer.json());
    await answer.body?.cancel();
    const why = answer.status === 404
      ? "the server no longer keeps these bins"
      : `the server answered ${answer.status}`;
    return { kind: "unknown", why };
  } catch (error) {
    return { kind: "unknown", why: error instanceof Error ? error.message : String(error) };
  }
}

/** A comparison in words. */
export function comparisonText(comparison: ServerComparison): string {
  switch (comparison.kind) {
    case "waiting":
      return "Waiting for bins to compare";
    case "unknown":
      return `Not compared: ${comparison.why}`;
    default: {
      const { from, to, largest } = comparison;
      const bins = (to - from + 1).toLocaleString("en-US").replaceAll(",", "\u2009");
      const size = largest === 0 ? "0" : largest.toExponential(1);
      const what = comparison.kind === "agree" ? "agree" : "do NOT agree";
      return `Page and server ${what} on ${bins} bins: largest difference ${size}, limit 1e-9`;
    }
  }
}
