import type { OptionNbbo } from "../frames/mod.ts";
import { discountFactor, newYorkCloseMs, tickSize, yearsBetween } from "../options/mod.ts";
import { symbolIndex } from "../regime/mod.ts";
import type { OptionSample } from "./option_sample.ts";

/** Share of updates that no print of the option tape lies within 5 ms of. */
export function updatesWithoutPrint({ nbbo, prints }: OptionSample): number {
  const times = prints.map(({ print }) => print.ts);
  let near = 0;
  let i = 0;
  for (const { ts } of nbbo) {
    while (i < times.length && (times[i] ?? 0) < ts - 5) i++;
    if (i < times.length && (times[i] ?? 0) <= ts + 5) near++;
  }
  return 1 - near / nbbo.length;
}

/** How often the two sides of the market meet or pass each other. */
export interface LockedShares {
  /** Of updates, and of the time that quotes stand. */
  readonly byCount: number;
  readonly byTime: number;
}

/** Locked and crossed quotes. One-sided ones are neither. */
export function lockedShares({ nbbo }: OptionSample): LockedShares {
  const standing = new Map<string, OptionNbbo>();
  let locked = 0;
  let lockedMs = 0;
  let totalMs = 0;
  for (const quote of nbbo) {
    if (quote.bid >= quote.ask) locked++;
    const before = standing.get(quote.option_contract_id);
    standing.set(quote.option_contract_id, quote);
    if (before === undefined) continue;
    totalMs += quote.ts - before.ts;
    if (before.bid >= before.ask) lockedMs += quote.ts - before.ts;
  }
  return { byCount: locked / nbbo.length, byTime: lockedMs / totalMs };
}

interface Snapshot {
  readonly root: string;
  readonly expiry: number;
  readonly right: "C" | "P";
  readonly strike: number;
  readonly ts: number;
  readonly mid: number;
  readonly half: number;
  /** USD. */
  readonly tick: number;
}

/** Two-sided quotes of whole seconds, the last of a contract in a second. */
export type SecondQuotes = readonly (readonly Snapshot[])[];

/** The two-sided quotes of a sample by the second in which they were made. */
export function bySecond({ nbbo, termsOf }: OptionSample): SecondQuotes {
  const seconds = new Map<number, Map<string, Snapshot>>();
  for (const { ts, bid, ask, option_contract_id: id } of nbbo) {
    const terms = termsOf(id);
    if (terms === null || bid <= 0 || ask <= bid) continue;
    const second = Math.floor(ts / 1_000);
    let rows = seconds.get(second);
    if (rows === undefined) seconds.set(second, rows = new Map());
    const half = (ask - bid) / 2;
    const { root, expiry, right, strike } = terms;
    const mid = bid + half;
    rows.set(id, { root, expiry, right, strike, ts, mid, half, tick: tickSize(bid, root) });
  }
  return [...seconds.values()].map((rows) => [...rows.values()]);
}

/** A share with the number of cases that it is of. */
export interface Measured {
  readonly share: number;
  readonly cases: number;
}

/**
 * Share of call and put quotes of one second and strike that keep put-call parity within their half-spreads,
 * at some price of the underlying between those of the two moments.
 */
export function parityKept(
  sample: OptionSample,
  seconds: SecondQuotes = bySecond(sample),
): Measured {
  const path = sample.tape.path();
  let kept = 0;
  let cases = 0;
  for (const rows of seconds) {
    const puts = new Map(
      rows.filter(({ right }) => right === "P").map((
        row,
      ) => [`${row.root} ${row.expiry} ${row.strike}`, row]),
    );
    for (const call of rows) {
      if (call.right !== "C") continue;
      const put = puts.get(`${call.root} ${call.expiry} ${call.strike}`);
      if (put === undefined || path === null) continue;
      const symbol = symbolIndex(call.root);
      const spots = [path.mid(symbol, call.ts), path.mid(symbol, put.ts)];
      const years = yearsBetween(call.ts, newYorkCloseMs(call.expiry));
      const forward = call.mid - put.mid + call.strike * discountFactor(years);
      const gap = Math.max(forward - Math.max(...spots), Math.min(...spots) - forward);
      cases++;
      if (gap <= call.half + put.half + 1e-9) kept++;
    }
  }
  return { share: kept / cases, cases };
}

/**
 * Share of neighbouring call triples of one second whose mids rise in the strike or bend down by more than a
 * tick and what the underlying moved between their moments.
 */
export function callShapeBroken(
  sample: OptionSample,
  seconds: SecondQuotes = bySecond(sample),
): Measured {
  const path = sample.tape.path();
  let broken = 0;
  let cases = 0;
  for (const rows of seconds) {
    const lines = new Map<string, Snapshot[]>();
    for (const row of rows) {
      if (row.right !== "C") continue;
      const key = `${row.root} ${row.expiry}`;
      const line = lines.get(key);
      if (line === undefined) lines.set(key, [row]);
      else line.push(row);
    }
    for (const line of lines.values()) {
      line.sort((a, b) => a.strike - b.strike);
      for (let i = 2; i < line.length; i++) {
        const [a, b, c] = [line[i - 2], line[i - 1], line[i]];
        if (a === undefined || b === undefined || c === undefined) continue;
        if (c.strike - b.strike !== b.strike - a.strike) continue;
        if (path === null) continue;
        const spots = [a, b, c].map(({ root, ts }) => path.mid(symbolIndex(root), ts));
        const moved = Math.max(...spots) - Math.min(...spots);
        const slack = Math.max(a.tick, b.tick, c.tick) + moved + 1e-9;
        cases++;
        const rises = b.mid > a.mid + slack || c.mid > b.mid + slack;
        // The middle one counts twice, and so does what moved.
        if (rises || a.mid + c.mid - 2 * b.mid < -slack - moved) broken++;
      }
    }
  }
  return { share: cases === 0 ? 0 : broken / cases, cases };
}
