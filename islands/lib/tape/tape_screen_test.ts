import type { TapeMaking } from "../../../modules/tape/contract.ts";
import { strictEqual } from "node:assert/strict";
import { pageMs } from "../socket/mod.ts";
import { WorkspaceDesk } from "../workspace/workspace_desk.ts";
import { pane } from "../workspace/layout.ts";
import { print } from "./_test_util.ts";
import { TapeController } from "./controller.ts";
import { rowMarks } from "./row_marks.ts";
import { TapeView } from "./view.ts";
import { tapeScreen } from "./tape_screen.ts";
import { OPEN_FILTER } from "./tape_filter.ts";

/** A workspace whose options tape has rows of so many ms ago and has drawn the newest of them. */
function tapeWithRows(...agesMs: readonly number[]) {
  const workspace = new WorkspaceDesk([], null, "");
  workspace.link.state.value = { kind: "live", sinceMs: 0 };
  const marks = rowMarks(workspace.marks);
  const tape = new TapeController("options", "row", workspace.hub, workspace.marks, marks);
  tape.show(OPEN_FILTER, []);
  const { stream } = tape;
  if (stream === null) throw new Error("The tape has no stream");
  const rows = agesMs.map((ageMs, i) => print(i, { ts: pageMs() - ageMs }));
  stream.commit([{ kind: "snapshot", key: stream.key, rows, nextBefore: null }], 0);
  const screen = tapeScreen(workspace, pane("options", "options"), tape);
  tape.onDrawn(new TapeView(stream, () => true, () => {}).at(0)?.ts ?? null);
  const health = (healthy: boolean, making: TapeMaking | null = null) =>
    workspace.link.health.value = {
      making,
      skewMs: 0,
      channels: { options: { freshness_age_ms: 200, healthy } },
    };
  const said = () => {
    const { word, detail } = screen.state();
    return word + detail;
  };
  return { workspace, tape, health, said };
}

Deno.test("a tape whose filter lets nothing through is quiet while its channel is healthy", () => {
  const { health, said } = tapeWithRows(65_000);
  health(true);
  strictEqual(said(), "Quiet, last 65 s ago");
});

Deno.test("a tape is stale when neither row nor server says that its channel lives", () => {
  const { health, said } = tapeWithRows(65_000);
  strictEqual(said(), "Stale 65 s");
  health(false);
  strictEqual(said(), "Stale 65 s");
});

Deno.test("a tape whose past the server still makes says how far, and is not stale", () => {
  const { health, said } = tapeWithRows(900_000);
  health(false, { progress: 0.43, message: "Making the last 15 minutes of tape, 43 %" });
  strictEqual(said(), "Making 43 %");
  health(false);
  strictEqual(said(), "Stale 15 min 0 s");
});

Deno.test("a tape tells the age of its newest row by the server's clock, not by the page's", () => {
  const { workspace, said } = tapeWithRows(3_000);
  strictEqual(said(), "Live 3.0 s");
  workspace.link.server.take(pageMs() + 4_000, pageMs()); // the page is four seconds slow
  strictEqual(said(), "Live 7.0 s");
});

Deno.test("a tape on which rows come fast is late after a second, and is held by its reader", () => {
  const rows = Array.from({ length: 40 }, (_, i) => 4_000 + 10 * (40 - i));
  const { workspace, said } = tapeWithRows(...rows);
  strictEqual(said(), "Stale 4.0 s");
  workspace.toggleAllPaused();
  strictEqual(said(), "Held, 4.0 s back");
});

Deno.test("a tape in a replay goes by the replay's clock", () => {
  const { workspace, said } = tapeWithRows(65_000);
  workspace.clock.enterReplay(workspace.transport, 0);
  strictEqual(said(), "Opening the feed");
  const reading = { startTs: 0, endTs: 9e15, speed: 1 };
  workspace.clock.take({ ...reading, phase: "running", ts: pageMs() - 64_000 }, pageMs());
  strictEqual(said(), "Replay 1.0 s");
  workspace.clock.take({ ...reading, phase: "paused", ts: pageMs() }, pageMs());
  strictEqual(said(), "Paused");
});
