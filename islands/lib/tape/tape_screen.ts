import type { ScreenAge } from "../clock/mod.ts";
import { type PaneNode, rowScreen } from "../pane/mod.ts";
import { channelNamed } from "./channels/mod.ts";
import type { TapeController } from "./controller.ts";
import type { TapeDesk } from "./tape_desk.ts";

/** How old the rows are that a tape draws. */
export function tapeScreen(desk: TapeDesk, node: PaneNode, tape: TapeController): ScreenAge {
  const screen = rowScreen(desk, node, {
    channel: channelNamed(tape.channel).staleMs === null ? null : tape.channel,
    lateAfterMs: () => tape.lateAfterMs,
    waitingTs: () => tape.stream === null ? -Infinity : desk.link.waitingTs(tape.stream.key),
    isHeld: () => tape.isHeld.peek(),
    hasRows: () => tape.hasSnapshot.peek(),
  });
  tape.onDrawn = (newestTs) => screen.drawn(newestTs);
  return screen;
}
