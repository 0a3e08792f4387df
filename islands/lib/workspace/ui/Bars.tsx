import type { ComponentChildren } from "preact";
import {
  EXCHANGE_ZONE_LABEL,
  exchangeClock,
  exchangeDate,
  fixed,
  spanText,
} from "../../text/mod.ts";
import { Icon } from "../../heatmap/ui/mod.ts";
import { ModeButton } from "../../transport/mod.ts";
import { copyLink } from "../commands.ts";
import { focusPane } from "../keys.ts";
import { panesOf } from "../layout.ts";
import type { WorkspaceDesk } from "../workspace_desk.ts";

const LINK_SHAPES = { open: "●", connecting: "○", waiting: "↻" } as const;

/** Product, mode, symbol filter, layout, clock and health of the link. */
export function WorkspaceBar({ desk }: { readonly desk: WorkspaceDesk }) {
  desk.beat.value;
  const link = desk.hub.state.value;
  const nowMs = desk.hub.nowMs();
  const isReady = desk.beat.value > 0; // the server's clock is not the reader's
  const isPaused = desk.allPaused.value;
  const symbols = desk.symbols.value;
  const unhealthy = Object.entries(desk.hub.health.value.channels)
    .filter(([, health]) => !health.healthy).map(([channel]) => channel);
  const kind = link.kind === "open" ? unhealthy.length > 0 ? "late" : "live" : "reconnecting";
  return (
    <header class="top">
      <h1 class="brand">Lotus</h1>
      <ModeButton desk={desk} />
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
      <time
        class="clock mono"
        title={isReady ? `${new Date(nowMs).toISOString().slice(0, 19).replace("T", " ")} UTC` : ""}
      >
        <span class="date">{isReady ? exchangeDate(nowMs) : ""}</span>
        {isReady ? exchangeClock(nowMs) : "--:--:--"}
        <abbr title="New York time">{EXCHANGE_ZONE_LABEL}</abbr>
      </time>
      <button
        type="button"
        class="health"
        data-kind={kind}
        title={link.kind === "waiting"
          ? `${link.reason}. Click to try now.`
          : unhealthy.length > 0
          ? `No fresh rows: ${unhealthy.join(", ")}`
          : "Connected"}
        onClick={() => desk.hub.retry()}
        disabled={link.kind === "open"}
      >
        <span aria-hidden="true">{unhealthy.length > 0 ? "◐" : LINK_SHAPES[link.kind]}</span>
        <span role="status">
          {link.kind === "open"
            ? unhealthy.length > 0 ? `Late: ${unhealthy.length}` : "Live"
            : link.kind === "waiting"
            ? `Reconnecting, try ${link.attempt}`
            : "Connecting"}
        </span>
      </button>
    </header>
  );
}

/** The figures under the top bar: mode, focus, source, newest row. */
export function Metrics({ desk }: { readonly desk: WorkspaceDesk }) {
  desk.beat.value;
  const { skewMs, channels } = desk.hub.health.value;
  const symbols = desk.symbols.value;
  const lastTs = desk.lastTs.value;
  const refused = desk.hub.refused.value;
  return (
    <footer class="status">
      <Item label="Mode">
        {desk.isReplay ? "replay" : "live"}
        {desk.allPaused.value && ", paused"}
      </Item>
      <Item label="Focus">{symbols.length === 0 ? "all symbols" : symbols.join(", ")}</Item>
      <Item label="Source">synthetic exchange</Item>
      <Item label="Last">{lastTs === 0 ? "–" : `${exchangeClock(lastTs, true)} ET`}</Item>
      {Object.entries(channels).map(([channel, { ageMs, healthy }]) => (
        <Item key={channel} label={channel} warn={!healthy}>
          {ageMs === null ? "–" : `${healthy ? "" : "▲ "}${spanText(ageMs)}`}
        </Item>
      ))}
      {refused > 0 && (
        <Item label="Refused" warn>
          <span title={desk.hub.lastRefusal.value ?? ""}>{fixed(refused, 0)}</span>
        </Item>
      )}
      <span class="grow" />
      <Item label="Clock skew">{`${skewMs > 0 ? "+" : ""}${fixed(skewMs, 0)} ms`}</Item>
    </footer>
  );
}

function Item(
  { label, warn = false, children }: {
    readonly label: string;
    readonly warn?: boolean;
    readonly children: ComponentChildren;
  },
) {
  return (
    <span class={warn ? "item warn" : "item"}>
      <span class="name">{label}</span> <span class="mono">{children}</span>
    </span>
  );
}

/** Address, name, keys and icon of each page. */
const PAGES = [
  ["/", "Workspace", "G W", "table"],
  ["/heatmap", "Heatmap", "G H", "heatmap"],
  ["/research", "Research", "G S", "signals"],
  ["/realism", "Realism", "G R", "measure"],
  ["/status", "Status", "G T", "status"],
  ["/docs", "Docs", "G D", "docs"],
] as const;

/** The left rail: pages, then tools. */
export function WorkspaceRail({ desk }: { readonly desk: WorkspaceDesk }) {
  return (
    <nav class="rail" aria-label="Pages and tools">
      {PAGES.map(([href, name, keys, icon]) => (
        <a
          key={href}
          href={href}
          title={`${name} (${keys})`}
          {...href === "/" ? { "aria-current": "page" as const } : {}}
        >
          <Icon name={icon} />
          <span class="sr">{name}</span>
        </a>
      ))}
      <span class="grow" />
      <button
        type="button"
        title="Command palette (Ctrl K)"
        onClick={() => desk.open("palette")}
      >
        <Icon name="search" />
        <span class="sr">Command palette</span>
      </button>
      <button type="button" title="Copy a link to this page" onClick={() => copyLink(desk)}>
        <Icon name="link" />
        <span class="sr">Copy a link</span>
      </button>
      <button type="button" title="Keyboard shortcuts (?)" onClick={() => desk.open("help")}>
        <Icon name="help" />
        <span class="sr">Keyboard shortcuts</span>
      </button>
    </nav>
  );
}

/** The panes of the narrow layout, within reach of a thumb. */
export function Tabs({ desk }: { readonly desk: WorkspaceDesk }) {
  const panes = panesOf(desk.layout.value);
  const current = desk.focusedPane();
  const shown = desk.kinds.filter(({ hasTab }) => hasTab);
  const choose = (id: string) => {
    const found = panes.find((node) => node.pane === id);
    if (found === undefined) desk.add(id, null, "row");
    else focusPane(desk, found.key);
  };
  const other = current === undefined || shown.some(({ id }) => id === current.pane)
    ? ""
    : current.pane;
  return (
    <nav class="tabs" aria-label="Panes">
      {shown.map(({ id, short }) => (
        <button
          key={id}
          type="button"
          aria-current={current?.pane === id ? "page" : undefined}
          onClick={() => choose(id)}
        >
          {short}
        </button>
      ))}
      <select
        aria-label="More panes"
        value={other}
        aria-current={other === "" ? undefined : "page"}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        <option value="" disabled selected={other === ""}>More</option>
        {desk.kinds.filter(({ hasTab }) => !hasTab).map(({ id, short }) => (
          <option key={id} value={id} selected={id === other}>
            {short}
          </option>
        ))}
      </select>
    </nav>
  );
}
