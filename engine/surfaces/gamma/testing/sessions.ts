import { type Cell, readVectors } from "../../testing/vectors.ts";
import type { Chain, ChainQuotes, GammaWindow } from "../mod.ts";

/** Rows of a table by the names of its columns. */
export type Row = Readonly<Record<string, Cell>>;

/** One window of a golden session. */
export interface GoldenWindow {
  readonly endOffsetNs: number;
  readonly window: GammaWindow;
  readonly quotes: ChainQuotes;
  readonly signedVolume: Float64Array;
  readonly iv: readonly Row[];
  readonly greeks: readonly Row[];
  readonly gex: readonly Row[];
  readonly gexFlow: readonly Row[];
  readonly summary:
    | (Readonly<Record<string, number | null>> & { readonly profile: number[] })
    | null;
}

/** A golden session of a future and its options. */
export interface GoldenSession {
  readonly name: string;
  readonly chain: Chain;
  readonly windows: readonly GoldenWindow[];
}

interface RawWindow {
  readonly end_offset_ns: number;
  readonly strike_ref_price_int: number;
  readonly spot_ref_price_int: number;
  readonly F: number;
  readonly option_book: Cell[][];
  readonly iv: Cell[][];
  readonly greeks: Cell[][];
  readonly gex: Cell[][];
  readonly gex_flow: Cell[][];
  readonly summary: GoldenWindow["summary"];
}

interface RawSession {
  readonly name: string;
  readonly base_ns: string;
  readonly expiration_ns: string;
  readonly definitions: [number, string, number][];
  readonly open_interest: [number, number][];
  readonly windows: RawWindow[];
}

/** The committed sessions. */
export function goldenSessions(): GoldenSession[] {
  const { columns, sessions } = readVectors<{
    columns: Record<string, string[]>;
    sessions: RawSession[];
  }>("options-sessions.json.gz");
  const named = (table: string, rows: readonly Cell[][]): Row[] =>
    rows.map((row) => Object.fromEntries(columns[table]!.map((name, i) => [name, row[i] ?? null])));
  return sessions.map((session) => {
    const chain = chainOf(session);
    const windows = session.windows.map((window) => ({
      endOffsetNs: window.end_offset_ns,
      window: {
        futureInt: Math.round(window.F * 1e9),
        strikeRefInt: window.strike_ref_price_int,
        spotRefInt: window.spot_ref_price_int,
        windowEndNs: BigInt(session.base_ns) + BigInt(window.end_offset_ns),
      },
      quotes: quotesOf(chain, window.option_book),
      signedVolume: new Float64Array(chain.instrumentId.length),
      iv: named("iv", window.iv),
      greeks: named("greeks", window.greeks),
      gex: named("gex", window.gex),
      gexFlow: named("gex_flow", window.gex_flow),
      summary: window.summary,
    }));
    return { name: session.name, chain, windows };
  });
}

function chainOf({ definitions, open_interest, expiration_ns }: RawSession): Chain {
  const rows = definitions.toSorted((a, b) => a[0] - b[0]);
  const open = new Map(open_interest);
  return {
    instrumentId: Float64Array.from(rows, ([id]) => id),
    isCall: Uint8Array.from(rows, ([, right]) => right === "C" ? 1 : 0),
    strikeInt: Float64Array.from(rows, ([, , strikeInt]) => strikeInt),
    openInterest: Float64Array.from(rows, ([id]) => open.get(id) ?? 0),
    expirationNs: BigInt(expiration_ns),
    symbols: rows.map(([id, right, strikeInt]) => `${id} ${right}${strikeInt / 1e9}`),
  };
}

function quotesOf({ instrumentId }: Chain, book: readonly Cell[][]): ChainQuotes {
  const quotes = {
    bidInt: new Float64Array(instrumentId.length),
    askInt: new Float64Array(instrumentId.length),
    isValid: new Uint8Array(instrumentId.length),
  };
  for (const [id, bid, ask, , isValid] of book) {
    const row = instrumentId.indexOf(id as number);
    quotes.bidInt[row] = bid as number;
    quotes.askInt[row] = ask as number;
    quotes.isValid[row] = isValid === true ? 1 : 0;
  }
  return quotes;
}
