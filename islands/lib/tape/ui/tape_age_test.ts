import { match, strictEqual } from "node:assert/strict";
import { WorkspaceDesk } from "../../workspace/workspace_desk.ts";
import { print } from "../_test_util.ts";
import { TapeController } from "../controller.ts";
import { FIRST_FILTER } from "../tape_filter.ts";
import { rowMarks } from "../row_marks.ts";
import { ageOf } from "./TapeAge.tsx";

/** A workspace whose options tape has one row of so many ms ago. */
function tapeWithRow(ageMs: number) {
  const workspace = new WorkspaceDesk([], null);
  workspace.link.state.value = { kind: "live", sinceMs: 0 };
  const tape = new TapeController(
    "options",
    "row",
    workspace.hub,
    workspace.marks,
    rowMarks(workspace.marks),
  );
  tape.show(FIRST_FILTER, []);
  const stream = tape.stream;
  if (stream === null) throw new Error("The tape has no stream");
  const row = print(1, { ts: Date.now() - ageMs });
  stream.commit([{ kind: "snapshot", key: stream.key, rows: [row], nextBefore: null }], Date.now());
  const health = (
    channelAgeMs: number,
    healthy: boolean,
    making: { readonly progress: number; readonly message: string } | null = null,
  ) =>
    workspace.link.health.value = {
      skewMs: 0,
      channels: { options: { freshness_age_ms: channelAgeMs, healthy } },
      making,
    };
  return { workspace, tape, health };
}

Deno.test("a tape whose filter lets nothing through is quiet while its channel is healthy", () => {
  const { workspace, tape, health } = tapeWithRow(65_000);
  health(200, true);
  const age = ageOf(workspace, tape);
  strictEqual(age.kind, "quiet");
  match(age.text, /quiet, last 1 min 5 s ago/);
});

Deno.test("a tape is stale when the server says so, however young the page thinks its rows are", () => {
  const { workspace, tape, health } = tapeWithRow(3_000);
  strictEqual(ageOf(workspace, tape).kind, "live");
  health(21_000, false);
  const age = ageOf(workspace, tape);
  strictEqual(age.kind, "stale");
  match(age.text, /stale 21\.0 s/);
});

Deno.test("a tape whose past the server still makes says how far, and is not stale", () => {
  const { workspace, tape, health } = tapeWithRow(900_000);
  const message = "Making the last 15 minutes of tape, 43 %";
  health(900_000, false, { progress: 0.43, message });
  const age = ageOf(workspace, tape);
  strictEqual(age.kind, "making");
  match(age.text, /making 43 %/);
  strictEqual(age.title, message);
  health(900_000, false);
  strictEqual(ageOf(workspace, tape).kind, "stale");
});

Deno.test("without the server's word an old row is stale, and in a replay it is quiet", () => {
  const { workspace, tape } = tapeWithRow(65_000);
  strictEqual(ageOf(workspace, tape).kind, "stale");
  workspace.clock.enterReplay(workspace.transport, 0);
  const reading = { startTs: 0, endTs: Date.now(), speed: 1, phase: "paused" };
  workspace.clock.take({ ...reading, ts: Date.now() }, Date.now());
  strictEqual(ageOf(workspace, tape).kind, "quiet");
});
