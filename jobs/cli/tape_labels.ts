import { Command, InvalidArgumentError, Option } from "commander";
import { loadConfig } from "../../config.ts";
import type { RawSink } from "../../engine/frames/mod.ts";
import {
  type ControlTimeline,
  DEFAULT_CONTROL,
  fixedTimeline,
  PRESET_IDS,
  type PresetId,
  sessionById,
} from "../../engine/regime/mod.ts";
import { type Load, MarketTape, type TapeClock } from "../../engine/tape/mod.ts";
import { labelRow } from "../../engine/tape/schedule/mod.ts";
import { storedTimeline } from "../control/mod.ts";
import { EXIT } from "./exit.ts";
import { type Output, standardOutput } from "./output.ts";
import { sessionId } from "./session_id.ts";

const STEP_MS = 60_000;

/** Which session to make again, and how it was made. */
export interface LabelSpec {
  readonly sessionId: number;
  readonly clock: TapeClock;
  readonly load: Load;
  readonly timeline: ControlTimeline;
  /** Minutes from the open on; the whole session when omitted. */
  readonly minutes?: number;
}

interface Flags {
  readonly session: number;
  readonly out: string;
  readonly seed?: number;
  readonly preset?: PresetId;
  readonly clock?: TapeClock;
  readonly load?: Load;
  readonly data?: string;
  readonly minutes?: number;
  readonly json?: boolean;
}

/**
 * Makes a session again and yields a JSON line per parent order: what the generator meant, and the ids of the
 * prints that went out for it. Ascending by slot.
 *
 * @throws {RangeError} When the exchange is closed in the session.
 */
export function labelLines(spec: LabelSpec, progress: (share: number) => void): string[] {
  const session = sessionById(spec.sessionId);
  const tape = new MarketTape({ clock: spec.clock, load: spec.load, timeline: spec.timeline });
  tape.seek(session.openTs);
  const ids = new Map<number, string[]>();
  const sink: RawSink = {
    optionNbbo: () => {},
    optionPrint({ trace_id }) {
      const slot = tape.label(trace_id)?.slot ?? -1;
      if (slot >= 0) ids.set(slot, [...ids.get(slot) ?? [], trace_id]);
    },
    equityQuote: () => {},
    equityPrint: () => {},
  };
  const schedule = tape.schedule();
  if (schedule === null) throw new RangeError("Cannot label a session that the clock leaves out");
  const minutes = Math.min(session.minutes, spec.minutes ?? Infinity);
  for (let minute = 0; minute < minutes; minute++) {
    progress(minute / minutes);
    tape.advance(session.openTs + (minute + 1) * STEP_MS, sink);
  }
  return schedule.parents.flatMap((parent) => {
    const printed = ids.get(parent.slot);
    return printed === undefined ? [] : [JSON.stringify(labelRow(parent, printed))];
  });
}

async function timelineOf(flags: Flags, dataDir: string): Promise<ControlTimeline> {
  if (flags.seed === undefined && flags.preset === undefined) {
    return await storedTimeline({ ...loadConfig(), dataDir });
  }
  return fixedTimeline({
    ...DEFAULT_CONTROL,
    shared_seed: flags.seed ?? DEFAULT_CONTROL.shared_seed,
    preset_id: flags.preset ?? DEFAULT_CONTROL.preset_id,
  });
}

async function writeLabels(flags: Flags, output: Output): Promise<void> {
  const config = loadConfig();
  const lines = labelLines({
    sessionId: flags.session,
    clock: flags.clock ?? config.tapeClock,
    load: flags.load ?? config.tapeLoad,
    timeline: await timelineOf(flags, flags.data ?? config.dataDir),
    ...(flags.minutes !== undefined && { minutes: flags.minutes }),
  }, (share) => output.progress(share, "session"));
  // Whoever reads this knows what every order was meant as: only its owner may.
  await Deno.writeTextFile(flags.out, lines.map((line) => `${line}\n`).join(""), { mode: 0o600 });
  output.done();
  output.result(`${flags.out}: ${lines.length} parents`, {
    path: flags.out,
    parents: lines.length,
  });
}

function whole(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = /^-?\d{1,10}$/.test(text) ? Number(text) : NaN;
    if (value >= low && value <= high) return value;
    throw new InvalidArgumentError(`It must be a whole number in ${low}..${high}.`);
  };
}

function labelPath(text: string): string {
  if (text.endsWith(".ndjson")) return text;
  throw new InvalidArgumentError("It must end in .ndjson.");
}

/** `lotus tape labels`: writes what the generator meant in a session. The only thing that does. */
export function tapeLabelsCommand(): Command {
  return new Command("labels")
    .description("Make a session again and write what every parent order was meant as")
    .requiredOption("--session <id>", "session id, as /v1/tape tells it", sessionId)
    .requiredOption("--out <file>", "file to write, .ndjson, for its owner only", labelPath)
    .option("--seed <n>", "seed of a market that nobody steered", whole(-(2 ** 31), 2 ** 31 - 1))
    .addOption(
      new Option("--preset <name>", "preset of a market that nobody steered").choices(PRESET_IDS),
    )
    .addOption(
      new Option("--clock <name>", "by default SYNTHETIC_CLOCK").choices(["loop", "et"]),
    )
    .addOption(
      new Option("--load <name>", "by default SYNTHETIC_LOAD")
        .choices(["steady", "active", "firehose"]),
    )
    .option("--minutes <n>", "from the open on; by default the session", whole(1, 390))
    .option("--data <folder>", "data folder with the control log; by default LOTUS_DATA_DIR")
    .option("--json", "print the result as one JSON line", false)
    .addHelpText(
      "after",
      "\nWithout --seed and --preset the stored control log is followed, as the server did.\n" +
        "\nExample:\n  lotus tape labels --session 202601140 --seed 11 --out labels.ndjson\n",
    )
    .action(async (flags: Flags) => {
      try {
        await writeLabels(flags, standardOutput(flags.json ?? false));
      } catch (error) {
        console.error(`lotus tape: ${error instanceof Error ? error.message : String(error)}`);
        Deno.exitCode = EXIT.FAILED;
      }
    });
}
