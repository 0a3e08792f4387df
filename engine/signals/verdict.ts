import type { Panel } from "./panel.ts";

/** Where something leans. */
export type Side = "up" | "down" | "none";

/** Sizes of the flow blend at which it begins and ceases to lean. */
const FLOW = { on: 0.1, off: 0.05 } as const;
/** The same for the conviction of the book's forces. */
const BOOK = { on: 0.1, off: 0.05 } as const;
/**
 * Conviction from which there are words for trading, and below which there are none any more. In the
 * embedded market no more than one bin in twenty reaches the upper one.
 */
export const ADVICE = { on: 0.2, off: 0.12 } as const;

/** What a verdict is made of. */
export interface VerdictInput {
  /** Blend of the directional signals. */
  readonly composite: number;
  /** Share of the signals that are warm, 0 to 1. */
  readonly warmup: number;
  /** The book's forces; null before the first bin. */
  readonly panel: Panel | null;
}

/** Words for an open position and the danger to it. */
export interface Advice {
  readonly long: "HOLD" | "TIGHTEN" | "EXIT";
  readonly short: "HOLD" | "TIGHTEN" | "EXIT";
  readonly risk: "SUPPORT FAILING" | "RESISTANCE THINNING" | "NONE NAMED";
}

/** The one reading of a bin that a page shows. */
export interface Verdict {
  /** Where the changes of the order flow lean; "none" until every signal is warm. */
  readonly flow: Side;
  /** Where the forces of the present book lean. */
  readonly book: Side;
  /** Where both lean, or the one that leans while the other does not; "none" when they disagree. */
  readonly side: Side;
  /** The same in words. */
  readonly text: string;
  /** Only while flow and book lean alike, and the book with conviction. */
  readonly advice: Advice | null;
}

/**
 * Reads one bin. Each lean begins at one size and ceases at half of it, so that a value at the threshold does
 * not flicker; words for trading come and go by a conviction of their own, and never against the flow.
 *
 * @param before The verdict of the bin before, null for the first.
 * @see docs/methods/signals.md, "One verdict".
 */
export function nextVerdict(
  before: Verdict | null,
  { composite, warmup, panel }: VerdictInput,
): Verdict {
  const isWarm = warmup >= 1;
  const conviction = panel?.conviction ?? 0;
  const force = conviction * Math.sign(panel?.net ?? 0);
  const flow = isWarm ? leanOf(composite, before?.flow ?? "none", FLOW) : "none";
  const book = leanOf(force, before?.book ?? "none", BOOK);
  const side = flow === book || book === "none" ? flow : flow === "none" ? book : "none";
  const agree = flow === book && flow !== "none";
  const had = before !== null && before.advice !== null && before.book === book;
  const isSure = conviction >= (had ? ADVICE.off : ADVICE.on);
  return {
    flow,
    book,
    side,
    text: isWarm ? sentence(flow, book) : warmingSentence(book),
    advice: panel !== null && agree && isSure ? adviceOf(panel, book) : null,
  };
}

function leanOf(value: number, before: Side, { on, off }: typeof FLOW | typeof BOOK): Side {
  const size = Math.abs(value);
  const side = value > 0 ? "up" : "down";
  return size >= (before === side ? off : on) ? side : "none";
}

function sentence(flow: Side, book: Side): string {
  if (flow === "none" && book === "none") return "Flow and book are balanced";
  if (flow === book) return `Flow and book lean ${flow}`;
  if (book === "none") return `Flow leans ${flow}, the book is balanced`;
  if (flow === "none") return `The book leans ${book}, flow is balanced`;
  return `No verdict: flow leans ${flow}, the book ${book}`;
}

function warmingSentence(book: Side): string {
  const rest = book === "none" ? "the book is balanced" : `the book leans ${book}`;
  return `Flow is warming up, ${rest}`;
}

/** The panel's words, as far as they say what the verdict says. */
function adviceOf({ state, risk }: Panel, side: Side): Advice {
  const isFull = state === (side === "up" ? "UP BIAS" : "DOWN BIAS");
  const own = isFull ? "HOLD" : "TIGHTEN";
  const danger = side === "up" ? "RESISTANCE THINNING" : "SUPPORT FAILING";
  return {
    long: side === "up" ? own : "EXIT",
    short: side === "up" ? "EXIT" : own,
    risk: risk === danger ? danger : "NONE NAMED",
  };
}
