import { useEffect, useMemo, useState } from "preact/hooks";
import type { SessionOpen } from "../../../modules/tape/contract.ts";
import { SessionReader } from "../clock/mod.ts";
import { exchangeClock, fixed, signed } from "../text/mod.ts";
import {
  OPEN_FILTER,
  queryOf,
  type RankedTicker,
  type TapeChannel,
  type TapeDesk,
  TickerRanking,
  WATCH_LIMIT,
} from "../tape/mod.ts";
import { PaneFrame, type PaneProps, rowScreen } from "../pane/mod.ts";

const MEMORY = "lotus.watchlist";
const LIMIT = 16;
/** The ranking is drawn once a second. */
const LATE_AFTER_MS = 5_000;
const CHANNELS: readonly TapeChannel[] = ["options", "equities", "smart-money", "flow", "alerts"];

function readWatched(): ReadonlySet<string> {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(MEMORY) ?? "[]");
    if (!Array.isArray(list)) return new Set();
    const symbols = list.filter((item): item is string => typeof item === "string");
    return new Set(symbols.slice(0, WATCH_LIMIT));
  } catch {
    return new Set(); // storage is refused in some private windows, or damaged
  }
}

function rememberWatched(watched: ReadonlySet<string>): void {
  try {
    localStorage.setItem(MEMORY, JSON.stringify([...watched]));
  } catch {
    // the choice then lasts as long as the page
  }
}

/** Feeds a ranking from the tapes. Returns the undo. */
function follow(desk: TapeDesk, ranking: TickerRanking): () => void {
  const undo = CHANNELS.map((channel) => {
    const stream = desk.hub.acquire(queryOf(channel, OPEN_FILTER, []));
    for (const row of stream.rows) ranking.take(row);
    let isSeeded = stream.rows.size > 0;
    const unlisten = stream.listen((change) => {
      // Older pages would count old rows twice: only the first filling is taken whole.
      if (change.kind === "added") { for (const row of change.rows) ranking.take(row); }
      else if (!isSeeded) { for (const row of stream.rows) ranking.take(row); }
      isSeeded = true;
    });
    return () => {
      unlisten();
      desk.hub.release(stream);
    };
  });
  return () => {
    for (const end of undo) end();
  };
}

/** Gives a ranking the prices at the session's open, and says when that was; null before it is known. */
function useOpening(desk: TapeDesk, ranking: TickerRanking): SessionOpen | null {
  const [opening, setOpening] = useState<SessionOpen | null>(null);
  useEffect(() => {
    setOpening(null);
    const reader = new SessionReader<SessionOpen>(
      "/v1/session/open",
      () => desk.clock.now(),
      (found) => {
        ranking.setOpens(found.prices);
        setOpening(found);
      },
    );
    const unwatch = desk.beat.subscribe(() => reader.follow());
    return () => {
      unwatch();
      reader.close();
    };
  }, [ranking]);
  return opening;
}

/** Symbols worth a look, the most active first. */
export function TickerRail(props: PaneProps<TapeDesk>) {
  const { desk, node } = props;
  // A replay has rows of another time: what was counted live would tell its future.
  const url = desk.link.url.value;
  const ranking = useMemo(() => new TickerRanking(), [url]);
  const [watched, setWatched] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => setWatched(readWatched()), []);
  useEffect(() => follow(desk, ranking), [ranking]);
  const opening = useOpening(desk, ranking);
  const screen = useMemo(() =>
    rowScreen(desk, node, {
      channel: null,
      lateAfterMs: () => LATE_AFTER_MS,
      hasRows: () => ranking.newestTs > 0,
    }), [ranking]);
  desk.beat.value;
  const isPaused = desk.isPaused(node);
  const now = ranking.top(LIMIT, watched, desk.clock.now());
  const [kept, setKept] = useState<readonly RankedTicker[]>([]);
  useEffect(() => {
    if (!isPaused) setKept(now);
  }, [desk.beat.value, isPaused, watched]);
  useEffect(() => {
    if (!isPaused) screen.drawn(ranking.newestTs === 0 ? null : ranking.newestTs);
  }, [kept]);
  const toggle = (symbol: string) => {
    const next = new Set(watched);
    if (!next.delete(symbol) && next.size < WATCH_LIMIT) next.add(symbol);
    setWatched(next);
    rememberWatched(next);
  };
  return (
    <PaneFrame {...props} screen={screen} hasPause>
      <div class="tickers">
        <p class="note base">
          {opening === null
            ? "Change since the open: the open is not known yet"
            : `Change since the open, ${exchangeClock(opening.open_ts).slice(0, 5)} ET`}
          {" · ranked without news"}
        </p>
        {kept.length === 0 && <p class="tape-empty">Tickers show up with the first rows.</p>}
        <ol>
          {kept.map((ticker) => (
            <Line
              key={ticker.symbol}
              ticker={ticker}
              open={opening?.prices[ticker.symbol] ?? null}
              isChosen={desk.symbolsOf(node).includes(ticker.symbol)}
              pick={() => desk.pickSymbol(node, ticker.symbol)}
              watch={() => toggle(ticker.symbol)}
            />
          ))}
        </ol>
      </div>
    </PaneFrame>
  );
}

function Line(
  { ticker, open, isChosen, pick, watch }: {
    readonly ticker: RankedTicker;
    /** Price at the session's open, USD; null when it is not known. */
    readonly open: number | null;
    readonly isChosen: boolean;
    readonly pick: () => void;
    readonly watch: () => void;
  },
) {
  const { symbol, price, move, reasons, isWatched } = ticker;
  const tone = move === null || Math.abs(move) < 5e-5 ? "" : move > 0 ? "up" : "down";
  const shape = tone === "" ? "●" : tone === "up" ? "▲" : "▼";
  return (
    <li>
      <button
        type="button"
        class="tool"
        aria-pressed={isWatched ? "true" : "false"}
        aria-label={isWatched ? `Stop watching ${symbol}` : `Watch ${symbol}`}
        onClick={watch}
      >
        {isWatched ? "★" : "☆"}
      </button>
      <button
        type="button"
        class="ticker"
        aria-pressed={isChosen ? "true" : "false"}
        title={`Score ${fixed(ticker.score, 0)}.${
          open === null ? "" : ` Opened at ${fixed(open, 2)} USD.`
        } Click to look at ${symbol} alone.`}
        onClick={pick}
        data-focus
      >
        <span class="name">{symbol}</span>
        <span class="mono">{price === null ? "–" : fixed(price, 2)}</span>
        <span class={`mono c ${tone}`}>
          {move === null ? "–" : `${shape} ${signed(move * 100, 2)} %`}
        </span>
        <span class="why">{reasons.join(" · ") || "watched"}</span>
      </button>
    </li>
  );
}
