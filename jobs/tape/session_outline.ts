import {
  getSyntheticEventCalendar,
  type LatentMarket,
  sessionMinute,
  symbolIndex,
} from "../../engine/regime/mod.ts";
import type { MarketTape } from "../../engine/tape/mod.ts";
import type { SessionOutline } from "../../modules/tape/mod.ts";

const MINUTE_MS = 60_000;

/** Stretches of whole minutes over which a value stays the same. */
function stretches<T>(
  { session }: LatentMarket,
  untilTs: number,
  valueAt: (tsMs: number) => T,
): { readonly from_ts: number; readonly to_ts: number; readonly value: T }[] {
  const found: { from_ts: number; to_ts: number; value: T }[] = [];
  for (let ts = session.openTs; ts < untilTs; ts += MINUTE_MS) {
    const value = valueAt(ts);
    const last = found.at(-1);
    const to_ts = Math.min(ts + MINUTE_MS, session.closeTs);
    if (last?.value === value) last.to_ts = to_ts;
    else found.push({ from_ts: ts, to_ts, value });
  }
  return found;
}

/**
 * The course of the session at a tape's position: phases and announced events of the whole session,
 * regimes and moves up to the position's minute. Null while the exchange is closed or the symbol is not
 * in the universe.
 */
export function sessionOutline(tape: MarketTape, symbol: string): SessionOutline | null {
  const [schedule, index] = [tape.schedule(), symbolIndex(symbol)];
  if (schedule === null || index < 0) return null;
  const { market, session, terms } = schedule;
  const minute = sessionMinute(session, tape.position);
  const nowTs = session.openTs + (minute + 1) * MINUTE_MS;
  const events = getSyntheticEventCalendar(session.id, tape.timeline)
    .filter(({ underlying_id }) => underlying_id === symbol || underlying_id === "*")
    .map(({ event_ts, underlying_id, event_kind }) => ({
      ts: event_ts,
      underlying_id,
      kind: event_kind,
    }));
  const at = (second: number) => session.openTs + second * 1_000;
  return {
    session_id: session.id,
    open_ts: session.openTs,
    close_ts: session.closeTs,
    phases: stretches(market, session.closeTs, (ts) => market.phaseAt(ts))
      .map(({ value, ...span }) => ({ ...span, phase: value })),
    events,
    hidden: {
      regimes: stretches(market, Math.min(nowTs, session.closeTs), (ts) => market.regimeAt(ts))
        .map(({ value, ...span }) => ({ ...span, regime: value })),
      moves: terms.movesOf(index)
        .filter(({ fromS }) => at(fromS) < nowTs)
        .map(({ kind, fromS, peakS, endS, bps }) => ({
          from_ts: at(fromS),
          peak_ts: at(peakS),
          to_ts: at(endS),
          kind,
          bps,
        })),
    },
  };
}
