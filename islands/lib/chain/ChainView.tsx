import { useEffect, useRef, useState } from "preact/hooks";
import { exchangeClock, fixed } from "../text/mod.ts";
import { contractText } from "../tape/columns/mod.ts";
import { daysToExpiry } from "../tape/mod.ts";
import { type Desk, PaneFrame, type PaneNode, type PaneProps } from "../pane/mod.ts";
import { chainColumns } from "./chain_columns.ts";
import { ChainFeed } from "./chain_feed.ts";
import { atTheMoney, type CurvePoint, smileOf } from "./chain_math.ts";
import type { ChainLeg, ChainLine, ChainStore } from "./chain_store.ts";
import { type ChainCursor, ChainTable } from "./ChainTable.tsx";
import { Curve } from "./Curve.tsx";

const FIRST_SYMBOL = "SPY";
/** The table is drawn anew so often at most, ms. */
const DRAW_EVERY_MS = 250;
/** Volatility by expiry is reckoned over every strike: less often, ms. */
const TERM_EVERY_MS = 2_000;

/** The chain by expiry and strike, live, with its volatility over strikes and over expiries. */
export function ChainView({ desk, node }: PaneProps) {
  const symbol = desk.symbolsOf(node)[0] ?? FIRST_SYMBOL;
  const isPaused = desk.isPaused(node);
  const feed = useFeed(desk, symbol);
  const nowMs = useBeat(desk, feed?.store ?? null, isPaused);
  const [cursor, setCursor] = useState<ChainCursor | null>(null);
  useEffect(() => setCursor(null), [feed]);
  const store = feed?.store ?? null;
  const spot = store?.spot ?? null;
  const expiries = store?.expiries() ?? [];
  const expiry = chosenExpiry(node, expiries, nowMs);
  const lines = store === null || expiry === null ? [] : store.lines(expiry);
  const choose = (next: string | undefined) => {
    if (next === undefined) return;
    setCursor(null);
    desk.update(node.key, { settings: `expiry=${next}` });
  };
  const state = feed?.state.value ?? "loading";
  return (
    <PaneFrame
      desk={desk}
      node={node}
      state={state === "offline" ? "reconnecting" : state}
      hasPause
      status={
        <span class="age" title="Underlying: middle of its newest quote, USD">
          {symbol} {spot === null ? "" : fixed(spot, 2)}
          {state === "offline" && " · connection lost, trying again"}
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
          if (event.key === "]") choose(expiries[at + 1]);
          else if (event.key === "[") choose(expiries[at - 1]);
          else if (event.key === "Enter") open(desk, legAt(lines, cursor));
          else {
            const next = moved(event.key, lines, cursor, spot);
            if (next === undefined) return;
            setCursor(next);
          }
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        <ChainBar expiries={expiries} expiry={expiry} nowMs={nowMs} store={store} choose={choose} />
        <Curves lines={lines} store={store} expiries={expiries} expiry={expiry} nowMs={nowMs} />
        <ChainTable
          lines={lines}
          spot={spot}
          nowMs={nowMs}
          cursor={cursor}
          columnsFor={chainColumns}
          point={setCursor}
          open={(leg) => open(desk, leg)}
        />
        {lines.length === 0 && (
          <p class="tape-empty" role="status">{emptyText(symbol, state === "live")}</p>
        )}
        <p class="sr" role="status">{spoken(lines, cursor)}</p>
      </div>
    </PaneFrame>
  );
}

function emptyText(symbol: string, isLive: boolean): string {
  return isLive ? `No option of ${symbol} was quoted yet.` : `Loading the chain of ${symbol}…`;
}

interface CurvesProps {
  readonly lines: readonly ChainLine[];
  readonly store: ChainStore | null;
  readonly expiries: readonly string[];
  readonly expiry: string | null;
  readonly nowMs: number;
}

/** Volatility over the strikes of an expiry, and at the money over the expiries. */
function Curves({ lines, store, expiries, expiry, nowMs }: CurvesProps) {
  const spot = store?.spot ?? null;
  const terms = useTerm(store, expiries, nowMs);
  return (
    <div class="curves">
      <Curve
        label="IV by strike"
        points={smileOf(lines, spot, nowMs)}
        mark={spot}
        text={strikeText}
      />
      <Curve
        label="IV at the money by expiry, days"
        points={terms}
        mark={expiry === null ? null : daysTo(expiry, nowMs)}
        text={(days) => `${days} d`}
      />
    </div>
  );
}

interface ChainBarProps {
  readonly expiries: readonly string[];
  readonly expiry: string | null;
  readonly nowMs: number;
  readonly store: ChainStore | null;
  readonly choose: (expiry: string) => void;
}

/** The choice of the expiry, and since when the figures count. */
function ChainBar({ expiries, expiry, nowMs, store, choose }: ChainBarProps) {
  return (
    <div class="chain-bar">
      <select
        aria-label="Expiry"
        title="Expiry ( [ and ] )"
        value={expiry ?? ""}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {expiries.map((one) => (
          <option key={one} value={one} selected={one === expiry}>
            {expiryText(one, nowMs)}
          </option>
        ))}
      </select>
      <span class="note">
        {store === null || store.since === 0
          ? ""
          : `Volume and net since ${exchangeClock(store.since)} ET`}
      </span>
    </div>
  );
}

function useFeed({ link, clock }: Desk, symbol: string): ChainFeed | null {
  const [feed, setFeed] = useState<ChainFeed | null>(null);
  const url = link.url.value;
  useEffect(() => {
    if (url === "") return;
    const next = new ChainFeed(link, symbol, clock.mode.peek() === "replay");
    setFeed(next);
    return () => next.close();
  }, [url, symbol]);
  return feed;
}

/** Draws anew when something changed; returns the time of what is drawn, epoch ms. */
function useBeat(desk: Desk, store: ChainStore | null, isPaused: boolean): number {
  const [nowMs, setNow] = useState(0);
  useEffect(() => {
    if (store === null || isPaused) return;
    let seen = -1;
    const draw = () => {
      if (document.hidden || store.version === seen) return;
      seen = store.version;
      setNow(desk.clock.now());
    };
    draw();
    const timer = setInterval(draw, DRAW_EVERY_MS);
    return () => clearInterval(timer);
  }, [store, isPaused]);
  return nowMs;
}

function useTerm(
  store: ChainStore | null,
  expiries: readonly string[],
  nowMs: number,
): readonly CurvePoint[] {
  const kept = useRef<{ readonly store: ChainStore | null; readonly at: number }>();
  const points = useRef<readonly CurvePoint[]>([]);
  const last = kept.current;
  const isDue = last === undefined || last.store !== store || nowMs - last.at >= TERM_EVERY_MS ||
    nowMs < last.at;
  if (isDue) {
    kept.current = { store, at: nowMs };
    const spot = store?.spot ?? null;
    points.current = store === null ? [] : expiries.flatMap((expiry) => {
      const iv = atTheMoney(smileOf(store.lines(expiry), spot, nowMs), spot);
      return iv === null ? [] : [{ x: daysTo(expiry, nowMs), iv }];
    });
  }
  return points.current;
}

function daysTo(expiry: string, nowMs: number): number {
  return daysToExpiry(Date.parse(`${expiry}T00:00:00Z`), nowMs);
}

function chosenExpiry(node: PaneNode, expiries: readonly string[], nowMs: number): string | null {
  const wanted = new URLSearchParams(node.settings).get("expiry");
  if (wanted !== null && expiries.includes(wanted)) return wanted;
  return expiries.find((expiry) => daysTo(expiry, nowMs) >= 0) ?? expiries[0] ?? null;
}

function expiryText(expiry: string, nowMs: number): string {
  const [, ...words] = contractText(`X-${expiry}-1-C`).split(" ").slice(0, 3);
  return `${words.join(" ")} · ${daysTo(expiry, nowMs)} d`;
}

function strikeText(strike: number): string {
  return fixed(strike, Number.isInteger(strike) ? 0 : 1);
}

function legAt(lines: readonly ChainLine[], cursor: ChainCursor | null): ChainLeg | null {
  if (cursor === null) return null;
  return lines.find(({ strike }) => strike === cursor.strike)?.[cursor.side] ?? null;
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
  const quote = `bid ${price(leg.bid)}, ask ${price(leg.ask)}`;
  return `${contractText(leg.id)}, ${quote}, volume ${leg.volume}, ${leg.events} events`;
}
