import { Command } from "commander";
import { CaptureError, expandDataset } from "../lake/capture/mod.ts";
import { DatasetError, datasetPaths } from "../lake/datasets/mod.ts";
import { systemClock } from "../kit/mod.ts";
import { EXIT } from "./exit.ts";
import { standardOutput } from "./output.ts";
import { rootOf } from "./publish.ts";

interface Flags {
  readonly outputDir: string;
  readonly researchRoot?: string;
  readonly replace?: boolean;
  readonly json?: boolean;
}

/** `lotus expand SOURCE`: restores the full form of a data set in compact form. */
export function expandCommand(): Command {
  return new Command("expand")
    .description("Restore every row of a dataset in compact form, bit for bit")
    .argument("<source>", "folder that lotus capture --compact filled, or the id of a dataset")
    .requiredOption("--output-dir <dir>", "folder to fill: missing or empty")
    .option(
      "--research-root <dir>",
      "folder of all datasets (default: research/ in the data folder)",
    )
    .option("--replace", "remove what an attempt that died has left in the folder")
    .option("--json", "the result and progress as JSON lines")
    .addHelpText(
      "after",
      "\nExamples:\n" +
        "  lotus expand captures/clx5-compact --output-dir captures/clx5\n" +
        "  lotus expand clx5 --output-dir captures/clx5\n",
    )
    .action(expand);
}

async function expand(source: string, flags: Flags): Promise<void> {
  const out = standardOutput(flags.json ?? false);
  const cancel = new AbortController();
  const onSignal = () => cancel.abort();
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, onSignal);
  try {
    const done = await expandDataset({
      sourceDir: folderOf(source, flags),
      outputDir: flags.outputDir,
      replace: flags.replace ?? false,
      clock: systemClock,
      signal: cancel.signal,
      onProgress: (share, note) => out.progress(share, note),
    });
    out.done();
    const count = (value: number) => value.toLocaleString("en-US");
    out.result(
      `${flags.outputDir}: ${count(done.bins)} bins, ${count(done.rows)} rows, ` +
        `${count(done.bytes)} bytes out of ${count(done.compactBytes)}`,
      { ...done },
    );
  } catch (error) {
    out.done();
    if (!(error instanceof CaptureError || error instanceof DatasetError)) throw error;
    console.error(`lotus expand: ${error.message}`);
    Deno.exitCode = error.code === "bad_name" ? EXIT.USAGE : EXIT.FAILED;
  } finally {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      Deno.removeSignalListener(signal, onSignal);
    }
    out.done();
  }
}

/** A folder that is there, else that of a published dataset of the name. */
function folderOf(source: string, flags: Flags): string {
  if (/[\\/]/.test(source) || isFolder(source)) return source;
  return datasetPaths(rootOf(flags), source).base;
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}
