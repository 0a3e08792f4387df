import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ScreenAge } from "../clock/mod.ts";
import { fixed } from "../text/mod.ts";
import { contractText } from "../tape/columns/mod.ts";
import { type Desk, PaneFrame, type PaneNode, type PaneProps, rowScreen } from "../pane/mod.ts";
import { chainColumns } from "./chain_columns.ts";
import { ChainFeed } from "./chain_feed.ts";
import type { ChainLeg, ChainLine } from "./chain_leg.ts";
import type { ChainStore } from "./chain_store.ts";
import { ChainTable } from "./ChainTable.tsx";
import type { ChainCursor } from "./chain_table_props.ts";
import { ChainBar } from "./ChainBar.tsx";
import { ChainCurves } from "./ChainCurves.tsx";
import { daysTo, strikeText } from "./chain_text.ts";

const FIRST_SYMBOL = "SPY";
/** The table is drawn anew so often at most, ms. */
const DRAW_EVERY_MS = 250;
/** A chain whose newest quote is older than this is late, ms. */
const LATE_AFTER_MS = 5_000;
/** Ages grow without news too: drawn anew so often at least, ms. */
const AGE_EVERY_MS = 1_000;

/** The chain by expiry and strike, live, with its volatility over strikes and over expiries. */
export function ChainView({ desk, node }: PaneProps) {
  const symbol = desk.symbolsOf(node)[0] ?? FIRST_SYMBOL;
  const isPaused = desk.isPaused(node);
  const feed = useFeed(desk, symbol);
  const nowMs = useBeat(desk, feed?.store ?? null, isPaused);
  const [cursor, point] = useCursor();
  const store = feed?.store ?? null;
  const spot = store?.spot ?? null;
  const expiries = unexpired(store?.expiries() ?? [], nowMs);
  const expiry = chosenExpiry(node, expiries);
  useEffect(() => point(null), [feed, expiry]);
  const lines = store === null || expiry === null ? [] : store.lines(expiry);
  const choose = (next: string | undefined) => {
    if (next !== undefined) desk.update(node.key, { settings: `expiry=${next}` });
  };
  const state = feed?.state.value ?? "loading";
  const screen = useScreen(desk, node, store, nowMs);
  const shown = { lines, store, expiries, expiry, nowMs };
  return (
    <PaneFrame
      desk={desk}
      node={node}
      screen={screen}
      instrument={symbol}
      hasPause
      status={
        <span class="note" title="Underlying: middle of its newest quote, USD">
          {symbol} {spot === null ? "" : fixed(spot, 2)}
        </span>
      }
    >
      <div
        class="chain"
        tabIndex={0}
        data-focus
        role="group"
        aria-label={`Option chain of ${symbol}. Arrows move, square brackets change the expiry, Enter opens the evidence.`}
        onKeyDown={(event) => {
          const at = expiries.indexOf(expiry ?? "");
          const act = keyAct(event.key, {
            turn: (by) => choose(expiries[at + by]),
            open: () => open(desk, legAt(lines, cursor.current)),
            move: () => moved(event.key, lines, cursor.current, spot),
            point,
          });
          if (!act) return;
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        <ChainBar {...shown} choose={choose} />
        <ChainCurves {...shown} />
        <ChainTable
          lines={lines}
          spot={spot}
          track={store?.instant.track ?? null}
          nowMs={nowMs}
          cursor={cursor.current}
          columnsFor={chainColumns}
          point={point}
          open={(leg) => open(desk, leg)}
        />
        {lines.length === 0 && (
          <p class="tape-empty" role="status">{emptyText(symbol, state === "live")}</p>
        )}
        <p class="sr" role="status">{spoken(lines, cursor.current)}</p>
      </div>
    </PaneFrame>
  );
}

/** The cursor, and what moves it: two keys may come before the first one is drawn. */
function useCursor() {
  const cursor = useRef<ChainCursor | null>(null);
  const [, draw] = useState<ChainCursor | null>(null);
  const point = (next: ChainCursor | null) => {
    cursor.current = next;
    draw(next);
  };
  return [cursor, point] as const;
}

function emptyText(symbol: string, isLive: boolean): string {
  return isLive ? `No option of ${symbol} was quoted yet.` : `Loading the chain of ${symbol}…`;
}

function useFeed({ link, clock }: Desk, symbol: string): ChainFeed | null {
  const [feed, setFeed] = useState<ChainFeed | null>(null);
  const url = link.url.value;
  useEffect(() => {
    if (url === "") return;
    const next = new ChainFeed(link, symbol, clock);
    setFeed(next);
    return () => next.close();
  }, [url, symbol]);
  return feed;
}

/** How old the newest quote is that the table shows. @param nowMs Changes with every drawing. */
function useScreen(
  desk: Desk,
  node: PaneNode,
  store: ChainStore | null,
  nowMs: number,
): ScreenAge {
  const screen = useMemo(() =>
    rowScreen(desk, node, {
      channel: "nbbo",
      lateAfterMs: () => LATE_AFTER_MS,
      hasRows: () => store !== null && store.instant.ts > 0,
    }), [store]);
  useLayoutEffect(() => {
    const newestTs = store?.instant.ts ?? 0;
    screen.drawn(newestTs === 0 ? null : newestTs);
  }, [screen, nowMs]);
  return screen;
}

/** Draws anew when something changed; returns the time of what is drawn, epoch ms. */
function useBeat(desk: Desk, store: ChainStore | null, isPaused: boolean): number {
  const [nowMs, setNow] = useState(0);
  useEffect(() => {
    if (store === null || isPaused) return;
    let seen = -1;
    let drawnMs = 0;
    const draw = () => {
      const now = desk.clock.now();
      const isSame = store.version === seen && Math.abs(now - drawnMs) < AGE_EVERY_MS;
      if (document.hidden || isSame) return;
      seen = store.version;
      drawnMs = now;
      setNow(now);
    };
    draw();
    const timer = setInterval(draw, DRAW_EVERY_MS);
    return () => clearInterval(timer);
  }, [store, isPaused]);
  return nowMs;
}

/** Expiries that are still to come; all of them when none is. */
function unexpired(expiries: readonly string[], nowMs: number): readonly string[] {
  const open = expiries.filter((one) => daysTo(one, nowMs) >= 0);
  return open.length === 0 ? expiries : open;
}

function chosenExpiry(node: PaneNode, expiries: readonly string[]): string | null {
  const wanted = new URLSearchParams(node.settings).get("expiry");
  if (wanted !== null && expiries.includes(wanted)) return wanted;
  return expiries[0] ?? null;
}

function legAt(lines: readonly ChainLine[], cursor: ChainCursor | null): ChainLeg | null {
  if (cursor === null) return null;
  return lines.find(({ strike }) => strike === cursor.strike)?.[cursor.side] ?? null;
}

interface ChainHands {
  readonly turn: (by: 1 | -1) => void;
  readonly open: () => void;
  /** Where the key leads; undefined when nowhere. */
  readonly move: () => ChainCursor | null | undefined;
  readonly point: (cursor: ChainCursor | null) => void;
}

/** Does what a key stands for; false when it means nothing here. */
function keyAct(key: string, hands: ChainHands): boolean {
  if (key === "]") hands.turn(1);
  else if (key === "[") hands.turn(-1);
  else if (key === "Enter") hands.open();
  else {
    const next = hands.move();
    if (next === undefined) return false;
    hands.point(next);
  }
  return true;
}

/** Where a key leads; undefined when it means nothing here. */
function moved(
  key: string,
  lines: readonly ChainLine[],
  cursor: ChainCursor | null,
  spot: number | null,
): ChainCursor | null | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: 10,
    PageUp: -10,
    Home: -lines.length,
    End: lines.length,
  };
  const by = steps[key];
  if (key === "Escape" && cursor !== null) return null;
  if (by === undefined && key !== "ArrowLeft" && key !== "ArrowRight") return undefined;
  if (lines.length === 0) return undefined;
  const side = key === "ArrowLeft" ? "call" : key === "ArrowRight" ? "put" : cursor?.side ?? "call";
  const money = Math.max(0, lines.findIndex(({ strike }) => strike >= (spot ?? 0)));
  const at = cursor === null ? money : lines.findIndex(({ strike }) => strike === cursor.strike);
  const next = cursor === null ? at : Math.min(lines.length - 1, Math.max(0, at + (by ?? 0)));
  const strike = lines[next]?.strike;
  return strike === undefined ? null : { strike, side };
}

/** Opens the newest event of a contract, else its newest print. */
function open(desk: Desk, leg: ChainLeg | null): void {
  if (leg === null) return;
  const { root: symbol } = leg.terms;
  if (leg.event !== null) {
    const { id, ts } = leg.event;
    desk.openEvidence({ kind: "smart-money", id, symbol, ts, row: leg.event });
  } else if (leg.printId !== "") {
    desk.openEvidence({ kind: "print", id: leg.printId, symbol, ts: leg.printTs });
  } else desk.notice.value = { text: `${contractText(leg.id)} has not traded yet.` };
}

function spoken(lines: readonly ChainLine[], cursor: ChainCursor | null): string {
  const leg = legAt(lines, cursor);
  if (cursor === null) return "";
  if (leg === null) return `${strikeText(cursor.strike)} ${cursor.side}, not quoted`;
  const price = (value: number | null) => value === null ? "none" : value.toFixed(2);
  const quote = leg.quotedAt === 0
    ? "no quote yet"
    : `bid ${price(leg.bid)}, ask ${price(leg.ask)}`;
  const held = leg.openInterest === null ? "unknown" : leg.openInterest;
  return `${
    contractText(leg.id)
  }, ${quote}, volume ${leg.volume}, open interest ${held}, ${leg.events} events`;
}
