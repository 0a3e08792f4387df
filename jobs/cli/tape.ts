import { join } from "node:path";
import { Command, Option } from "commander";
import { loadConfig } from "../../config.ts";
import type { StreamName } from "../../engine/frames/mod.ts";
import { sessionAt, sessionById } from "../../engine/regime/mod.ts";
import { STREAMS, type TapeStore } from "../../modules/tape/mod.ts";
import { exportSession, lakeFolder, readManifest } from "../lake/tape/mod.ts";
import { createTapeStore } from "../tape/store/mod.ts";
import { EXIT } from "./exit.ts";
import { standardOutput } from "./output.ts";
import { sessionId } from "./session_id.ts";
import { tapeLabelsCommand } from "./tape_labels.ts";

interface Flags {
  readonly session?: number;
  readonly stream?: StreamName;
  readonly data?: string;
  readonly json?: boolean;
}

/** Session of the newest row that the store holds. */
function newestSession(store: TapeStore): number {
  const times = STREAMS.names.map((stream) => store.latest(stream)?.ts ?? 0);
  const newest = Math.max(...times);
  const session = newest === 0 ? null : sessionAt(newest, "loop");
  if (session === null) throw new RangeError("Cannot export as the store holds no rows");
  return session.id;
}

async function exportTape(flags: Flags): Promise<void> {
  const output = standardOutput(flags.json ?? false);
  const dataDir = flags.data ?? loadConfig().dataDir;
  // Opening a store makes it; a folder without one holds no tape to export.
  await Deno.stat(join(dataDir, "kv", "tape.sqlite"));
  const store = await createTapeStore({ dataDir });
  try {
    const session = sessionById(flags.session ?? newestSession(store));
    const streams = flags.stream === undefined ? STREAMS.names : [flags.stream];
    const archived = await readManifest(dataDir, session.id);
    for (const [done, stream] of streams.entries()) {
      output.progress(done / streams.length, stream);
      // A closed session is kept: the store may have lost rows of it since.
      const file = archived?.files.find((each) => each.stream === stream) ??
        await exportSession(store, stream, session, dataDir);
      output.done();
      const path = join(lakeFolder(dataDir), file.path);
      output.result(`${path}: ${file.rows} rows, ${file.bytes} bytes`, { ...file, path });
    }
  } finally {
    await store.close();
  }
}

/** `lotus tape`: writes a session of the stored tape as Parquet, or what its generator meant. */
export function tapeCommand(): Command {
  const tape = new Command("tape").description("Work with the tapes of options and equities");
  tape.addCommand(
    new Command("export")
      .description("Write a session as Parquet files, one a stream, below lake/tape")
      .option("--session <id>", "session id; by default that of the newest row", sessionId)
      .addOption(new Option("--stream <name>", "one stream only").choices(STREAMS.names))
      .option("--data <folder>", "data folder; by default that of LOTUS_DATA_DIR")
      .option("--json", "print one JSON line per file", false)
      .addHelpText("after", "\nExample:\n  lotus tape export --session 202601140 --stream alerts\n")
      .action(async (flags: Flags) => {
        try {
          await exportTape(flags);
        } catch (error) {
          console.error(`lotus tape: ${error instanceof Error ? error.message : String(error)}`);
          Deno.exitCode = EXIT.FAILED;
        }
      }),
  );
  tape.addCommand(tapeLabelsCommand());
  return tape;
}
