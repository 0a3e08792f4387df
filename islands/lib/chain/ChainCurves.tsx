import { useRef } from "preact/hooks";
import { FRESH_MS } from "../../../engine/options/mod.ts";
import { exchangeClock } from "../text/mod.ts";
import type { ChainLine } from "./chain_leg.ts";
import { type CurveData, moneyOf, smileOf } from "./chain_math.ts";
import type { ChainStore } from "./chain_store.ts";
import { daysTo, strikeText } from "./chain_text.ts";
import { Curve } from "./Curve.tsx";

/** Volatility by expiry is reckoned over every strike: less often, ms. */
const TERM_EVERY_MS = 2_000;

/** What the curves are drawn from. */
export interface ChainCurvesProps {
  readonly lines: readonly ChainLine[];
  readonly store: ChainStore | null;
  readonly expiries: readonly string[];
  readonly expiry: string | null;
  readonly nowMs: number;
}

/** Volatility over the strikes of an expiry, and at the money over the expiries, both of one instant. */
export function ChainCurves({ lines, store, expiries, expiry, nowMs }: ChainCurvesProps) {
  const terms = useTerm(store, expiries, nowMs);
  if (store === null || expiry === null) return null;
  const { instant } = store;
  return (
    <div class="curves">
      <Curve
        label="IV by strike"
        data={smileOf(lines, expiry, instant)}
        unit="strikes"
        asOf={asOfText(instant.ts)}
        mark={store.spot}
        text={strikeText}
      />
      <Curve
        label="IV at the money by expiry, days"
        data={terms.data}
        unit="expiries"
        asOf={asOfText(terms.ts)}
        mark={daysTo(expiry, nowMs)}
        text={(days) => `${days} d`}
      />
    </div>
  );
}

function asOfText(ts: number): string {
  return ts === 0 ? "" : `, quotes of the ${FRESH_MS / 1_000} s to ${exchangeClock(ts)} ET`;
}

interface Term {
  readonly store: ChainStore | null;
  readonly atMs: number;
  /** The instant of the curve, epoch ms. */
  readonly ts: number;
  readonly data: CurveData;
}

function useTerm(store: ChainStore | null, expiries: readonly string[], nowMs: number): Term {
  const kept = useRef<Term>();
  const last = kept.current;
  const isDue = last === undefined || last.store !== store || nowMs < last.atMs ||
    nowMs - last.atMs >= TERM_EVERY_MS || last.data.of !== expiries.length;
  if (!isDue) return last;
  const instant = store?.instant;
  const points = store === null || instant === undefined ? [] : expiries.flatMap((expiry) => {
    const iv = moneyOf(store.lines(expiry), expiry, instant);
    return iv === null ? [] : [{ x: daysTo(expiry, nowMs), iv, note: "" }];
  });
  const data = { points, of: expiries.length };
  return kept.current = { store, atMs: nowMs, ts: instant?.ts ?? 0, data };
}
