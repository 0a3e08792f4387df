import { mix, u01 } from "../../regime/mod.ts";
import { FlowScript, type Raw, sorted, TEN } from "./flow_script.ts";

const SYMBOLS: readonly (readonly [symbol: string, price: number])[] = [
  ["SPY", 590],
  ["NVDA", 140],
  ["AAPL", 235],
  ["F", 10],
];
const EXPIRIES = ["2026-01-14", "2026-01-16", "2026-02-20"];
const VENUES = ["CBOE", "PHLX", "ISE", "ARCA", "BOX", "MIAX"];
const CONDITIONS: readonly (readonly string[])[] = [
  [],
  [],
  [],
  ["ISO"],
  ["COMPLEX"],
  ["SPREAD"],
  ["CROSS"],
];

/** Rates of a busy tape. */
export interface BusyRates {
  readonly seconds: number;
  /** Per second. */
  readonly prints: number;
  readonly quotes: number;
}

function pick<T>(from: readonly T[], draw: number): T {
  return from[Math.floor(draw * from.length)]!;
}

function contractOf(seed: number, i: number, symbol: string, price: number): string {
  const expiry = pick(EXPIRIES, u01(seed, i, 3));
  const strike = Math.round(price / 2.5) * 2.5 + 2.5 * (Math.floor(u01(seed, i, 4) * 5) - 2);
  return `${symbol}-${expiry}-${Math.max(2.5, strike)}-${u01(seed, i, 5) < 0.5 ? "C" : "P"}`;
}

/**
 * A tape with everything in it at once: bursts, pairs of legs, crosses, missing and late quotes. The same
 * seed gives the same records.
 */
export function busyTape(seed: number, { seconds, prints, quotes }: BusyRates): Raw[] {
  const script = new FlowScript();
  for (let s = 0; s < seconds; s++) {
    const second = TEN + s * 1_000;
    for (const [index, [symbol, price]] of SYMBOLS.entries()) {
      const mid = price + (u01(seed, 1, s, index) - 0.5) * price * 0.001;
      script.quote(second + mix(seed, 2, s, index) % 1_000, symbol, mid - 0.01, mid + 0.01);
      const size = 1 + mix(seed, 3, s, index) % 6_000;
      script.stock(second + mix(seed, 4, s, index) % 1_000, symbol, mid, size, {
        offExchangeFlag: size % 3 === 0,
        conditions: size % 11 === 0 ? ["CONTINGENT"] : [],
      });
    }
    for (let q = 0; q < quotes; q++) quoteAt(script, seed, s * quotes + q, second);
    for (let p = 0; p < prints; p++) burstAt(script, seed, s * prints + p, second);
  }
  return sorted(script.records);
}

function quoteAt(script: FlowScript, seed: number, i: number, second: number): void {
  const [symbol, price] = pick(SYMBOLS, u01(seed, i, 2));
  const bid = 1 + Math.floor(u01(seed, i, 6) * 300) / 100;
  const ask = u01(seed, i, 7) < 0.02 ? 0 : bid + 0.05 + Math.floor(u01(seed, i, 8) * 10) / 100;
  script.nbbo(second + mix(seed, i, 9) % 1_000, contractOf(seed, i, symbol, price), bid, ask);
}

/** One print, and sometimes a run of them or the other leg. */
function burstAt(script: FlowScript, seed: number, at: number, second: number): void {
  const i = at + 1_000_000;
  const [symbol, price] = pick(SYMBOLS, u01(seed, i, 2));
  const contract = contractOf(seed, i, symbol, price);
  const more = u01(seed, i, 10) < 0.1 ? 2 + mix(seed, i, 11) % 12 : 1;
  const conditions = pick(CONDITIONS, u01(seed, i, 12));
  const size = 1 + mix(seed, i, 13) % (more > 1 ? 200 : 20);
  const start = second + mix(seed, i, 14) % 1_000;
  const twin = contract.endsWith("C") ? `${contract.slice(0, -1)}P` : `${contract.slice(0, -1)}C`;
  for (let k = 0; k < more; k++) {
    const cents = 100 + Math.floor(u01(seed, i, 15 + k) * 300);
    const ts = start + k * (20 + mix(seed, i, 16) % 200);
    const change = {
      conditions,
      exchange: pick(VENUES, u01(seed, i, 17, k)),
      execution_iv: Math.round((0.3 + u01(seed, i, 18, k) * 0.1) * 1e6) / 1e6,
    };
    script.print(ts, contract, cents / 100, size, change);
    if (conditions.length > 0 && mix(seed, i, 19) % 2 === 0) {
      script.print(ts + 3, twin, cents / 100, size, change);
    }
  }
}
