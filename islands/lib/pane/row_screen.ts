import { type Motion, ScreenAge, type SessionClock } from "../clock/mod.ts";
import type { Desk } from "./desk.ts";
import type { PaneNode } from "./pane_node.ts";

/** What a pane of live rows says of itself. */
export interface RowScreenOptions {
  /** Age with which all is well, ms. */
  readonly lateAfterMs: () => number;
  /** Channel whose health the server tells; null when it tells of none. */
  readonly channel: string | null;
  /** Time of the newest row that has come and is not drawn, epoch ms; -Infinity when there is none. */
  readonly waitingTs?: () => number;
  /** Whether rows in sight are held where they are. */
  readonly isHeld?: () => boolean;
  /** Whether the first rows have come. */
  readonly hasRows: () => boolean;
}

/** How old the picture is that a pane draws of the page's live rows, live and in a replay. */
export function rowScreen(desk: Desk, node: PaneNode, options: RowScreenOptions): ScreenAge {
  const screen: ScreenAge = new ScreenAge({
    now: () => desk.clock.now(),
    arrivedMs: () => options.waitingTs?.() ?? -Infinity,
    facts: () => {
      const isReplay = desk.clock.mode.peek() === "replay";
      const link = desk.link.state.peek();
      const said = desk.link.health.peek();
      const health = isReplay ? {} : said.channels;
      const making = isReplay || link.kind === "stale" ? null : said.making;
      const isWell = options.channel === null
        // Events follow prints: where those do not come, no event is no news.
        ? Object.values(health).every(({ healthy }) => healthy)
        : health[options.channel as "options"]?.healthy === true;
      const drawnMs = screen.drawnMs;
      return {
        link,
        epochMs: Date.now(),
        motion: making === null ? motionOf(desk.clock) : "making",
        progress: making?.progress ?? null,
        wellWord: isReplay ? "Replay" : "Live",
        rate: isReplay ? desk.clock.speed : 1,
        silentMs: drawnMs === null ? 0 : desk.clock.now() - drawnMs,
        wordMs: link.kind === "stale" ? Date.now() - link.heardAtMs : 0,
        lateAfterMs: options.lateAfterMs(),
        staleAfterMs: options.channel === null ? null : 0,
        isHeld: desk.isPaused(node) || (options.isHeld?.() ?? false),
        // A filter may let nothing through while the channel is busy: only the server sees all of it.
        isQuiet: options.hasRows() && (isReplay || isWell),
      };
    },
  });
  return screen;
}

function motionOf(clock: SessionClock): Motion {
  if (clock.mode.peek() === "live") return "runs";
  switch (clock.reading.peek()?.phase) {
    case "running":
      return "runs";
    case "paused":
      return "paused";
    case "ended":
      return "ended";
    case "failed":
      return "failed";
    default:
      return "opening";
  }
}
