import { isOpen, type LinkState } from "../../socket/mod.ts";
import { EXCHANGE_ZONE_LABEL, exchangeClock, exchangeDate } from "../../text/mod.ts";
import { PagesMenu } from "../../pane/mod.ts";
import { ModeButton } from "../../transport/mod.ts";
import type { WorkspaceDesk } from "../workspace_desk.ts";

interface BarProps {
  readonly desk: WorkspaceDesk;
}

/** Product, mode, symbol filter, layout, clock and health of the link. */
export function WorkspaceBar({ desk }: BarProps) {
  const isPaused = desk.allPaused.value;
  return (
    <header class="top">
      <PagesMenu current="/" />
      <h1 class="brand">Lotus</h1>
      <ModeButton desk={desk} />
      <SymbolFilter desk={desk} />
      <span class="grow" />
      <button
        type="button"
        class="wide-only"
        title="Layouts"
        aria-haspopup="dialog"
        onClick={() => desk.open("layouts")}
      >
        {desk.layoutName.value ?? "Own layout"}
      </button>
      <button
        type="button"
        aria-pressed={isPaused ? "true" : "false"}
        title="Pause or resume all panes (Space)"
        onClick={() => desk.toggleAllPaused()}
      >
        {isPaused ? "▶ Resume" : "❚❚ Pause"}
      </button>
      <Time desk={desk} />
      <LinkButton desk={desk} />
    </header>
  );
}

function SymbolFilter({ desk }: BarProps) {
  const symbols = desk.symbols.value;
  return (
    <form class="symbols" role="search" onSubmit={(event) => event.preventDefault()}>
      <input
        id="symbols"
        type="text"
        aria-label="Filter symbols, parted by commas"
        placeholder="Symbols, as SPY, NVDA  ( / )"
        autocomplete="off"
        spellcheck={false}
        value={symbols.join(", ")}
        onChange={(event) => desk.filterSymbols(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") desk.filterSymbols(event.currentTarget.value);
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
      {symbols.length > 0 && (
        <button type="button" onClick={() => desk.filterSymbols("")}>Clear</button>
      )}
    </form>
  );
}

function Time({ desk }: BarProps) {
  const isReady = desk.beat.value > 0; // the server's clock is not the reader's
  const nowMs = desk.clock.now();
  return (
    <time
      class="clock mono"
      title={isReady ? `${new Date(nowMs).toISOString().slice(0, 19).replace("T", " ")} UTC` : ""}
    >
      <span class="date">{isReady ? exchangeDate(nowMs) : ""}</span>
      {isReady ? exchangeClock(nowMs) : "--:--:--"}
      <abbr title="New York time">{EXCHANGE_ZONE_LABEL}</abbr>
    </time>
  );
}

const LINK_SHAPES: Readonly<Record<LinkState["kind"], string>> = {
  connecting: "○",
  live: "●",
  stale: "◌",
  reconnecting: "↻",
  refused: "✕",
  absent: "✕",
};

/** What is true of the link; a click tries a lost one at once. */
function LinkButton({ desk }: BarProps) {
  const link = desk.link.state.value;
  const late = Object.entries(desk.link.health.value.channels)
    .filter(([, health]) => !health.healthy).map(([channel]) => channel);
  const { making } = desk.link.health.value;
  if (making !== null && link.kind === "live" && desk.clock.mode.value === "live") {
    return (
      <span class="health" data-kind="making" title={making.message}>
        <progress max={1} value={making.progress} aria-label={making.message} />
        <span class="making-text">{making.message}</span>
      </span>
    );
  }
  const isLate = link.kind === "live" && late.length > 0;
  return (
    <button
      type="button"
      class="health"
      data-kind={kindOf(link, isLate)}
      title={isLate ? `No fresh rows: ${late.join(", ")}` : titleOf(link)}
      onClick={() => desk.link.retry()}
      disabled={isOpen(link)}
    >
      <span aria-hidden="true">{isLate ? "◐" : LINK_SHAPES[link.kind]}</span>
      <span role="status">
        {isLate ? `Late: ${late.length}` : labelOf(link, desk.clock.mode.value)}
      </span>
    </button>
  );
}

function kindOf({ kind }: LinkState, isLate: boolean): string {
  if (kind === "refused" || kind === "absent") return "error";
  if (kind === "live") return isLate ? "late" : "live";
  return kind === "stale" ? "stale" : "reconnecting";
}

function titleOf(link: LinkState): string {
  switch (link.kind) {
    case "reconnecting":
    case "refused":
      return `${link.reason}. Click to try now.`;
    case "absent":
      return link.reason;
    case "stale":
      return "No word from the server for seconds";
    default:
      return link.kind === "live" ? "Connected" : "Connecting";
  }
}

function labelOf(link: LinkState, mode: "live" | "replay"): string {
  switch (link.kind) {
    case "connecting":
      return "Connecting";
    case "live":
      return mode === "live" ? "Live" : "Replay";
    case "stale":
      return "Stale";
    case "reconnecting":
      return `Reconnecting, try ${link.attempt}`;
    case "refused":
      return "Refused";
    case "absent":
      return "Not loaded";
  }
}
