import { REGIME_LABELS } from "../text/mod.ts";
import type { SessionOutline } from "../../../modules/tape/contract.ts";
import { fade, type Theme } from "../canvas/mod.ts";

/** What a backdrop is painted with: a canvas, and where a time and the parts of the plot lie on it. */
export interface BackdropPlot {
  readonly context: CanvasRenderingContext2D;
  readonly theme: Theme;
  /** CSS pixels from the left, clipped to the plot. */
  readonly timeX: (tsMs: number) => number;
  /** The stretch of time that the plot shows, epoch ms. */
  readonly fromTs: number;
  readonly untilTs: number;
  readonly right: number;
  readonly top: number;
  readonly priceBottom: number;
  readonly bottom: number;
  /** Whether regimes and moves are wanted. */
  readonly hasHidden: boolean;
}

type Regime = NonNullable<SessionOutline["hidden"]>["regimes"][number]["regime"];

const BAND = 5;
/** Narrower stretches get no name, CSS pixels. */
const LEAST_NAMED = 52;

const PHASE_NAMES: Readonly<Record<SessionOutline["phases"][number]["phase"], string>> = {
  open: "open",
  midday: "midday",
  power_hour: "power hour",
  after_event: "after event",
};

/** Paints what lies behind the candles: phases and events, and for operators regimes and moves. */
export function paintBackdrop(outline: SessionOutline, plot: BackdropPlot): void {
  if (plot.hasHidden && outline.hidden !== null) {
    paintMoves(outline.hidden.moves, plot);
    paintRegimes(outline.hidden.regimes, plot);
  }
  paintPhases(outline, plot);
  paintEvents(outline, plot);
}

function paintPhases({ phases }: SessionOutline, plot: BackdropPlot): void {
  const { context, theme, timeX, bottom, priceBottom } = plot;
  for (const { from_ts, to_ts, phase } of phases) {
    const [left, right] = [timeX(from_ts), timeX(to_ts)];
    if (right <= left) continue;
    context.fillStyle = fade(theme.line, 0.9);
    for (let y = plot.top; from_ts > plot.fromTs && y < bottom; y += 8) {
      context.fillRect(left, y, 1, 3);
    }
    if (right - left > LEAST_NAMED) name(PHASE_NAMES[phase], left + 4, priceBottom - 6, plot);
  }
}

function paintEvents({ events }: SessionOutline, plot: BackdropPlot): void {
  const { context, theme, timeX, right, bottom } = plot;
  for (const { ts, kind, underlying_id } of events) {
    if (ts < plot.fromTs || ts >= plot.untilTs) continue;
    const x = timeX(ts);
    context.fillStyle = fade(theme.warn, 0.7);
    for (let y = plot.top; y < bottom; y += 5) context.fillRect(x, y, 1, 2);
    const text = kind === "earnings" ? `◆ ${underlying_id} earnings` : "◆ macro release";
    const width = context.measureText(text).width;
    name(text, Math.min(x + 4, right - width - 4), plot.top + 6, plot, theme.warn);
  }
}

function paintRegimes(
  regimes: readonly { from_ts: number; to_ts: number; regime: Regime }[],
  plot: BackdropPlot,
): void {
  const { context, theme, timeX, priceBottom } = plot;
  regimes.forEach(({ from_ts, to_ts, regime }, i) => {
    const [left, right] = [timeX(from_ts), timeX(to_ts)];
    if (right <= left) return;
    context.fillStyle = fade(i % 2 === 0 ? theme.text3 : theme.line, 0.8);
    context.fillRect(left, priceBottom - BAND + 6, right - left - 1, BAND);
    if (right - left > 2 * LEAST_NAMED) {
      name(REGIME_LABELS[regime], left + 4, priceBottom - 20, plot);
    }
  });
}

/** An impulse is tinted where it is ramped in, an impact where it is at work. */
function paintMoves(
  moves: NonNullable<SessionOutline["hidden"]>["moves"],
  plot: BackdropPlot,
): void {
  const { context, theme, timeX, top, priceBottom } = plot;
  for (const { kind, from_ts, peak_ts, bps } of moves) {
    const [left, right] = [timeX(from_ts), timeX(peak_ts)];
    if (right <= left) continue;
    context.fillStyle = fade(bps > 0 ? theme.bid : theme.ask, kind === "impulse" ? 0.16 : 0.06);
    context.fillRect(left, top, Math.max(2, right - left), priceBottom - top);
    if (kind !== "impulse") continue;
    // The sign is drawn too, as colour alone does not reach everybody.
    name(bps > 0 ? "▴" : "▾", left, priceBottom - 34, plot);
  }
}

function name(text: string, x: number, y: number, plot: BackdropPlot, colour?: string): void {
  const { context, theme } = plot;
  context.font = `10px ${theme.sans}`;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillStyle = colour ?? theme.text3;
  context.fillText(text, x, y);
}
