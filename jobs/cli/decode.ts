import { Command, InvalidArgumentError, Option } from "commander";
import {
  type ByteSource,
  type DbnCounters,
  DbnError,
  type DbnRecord,
  type DbnSink,
  decodeDbn,
  mboRecord,
  type MetadataJson,
  metadataToJson,
  type UpgradePolicy,
} from "../../engine/dbn/mod.ts";

/** How `lotus decode` prints. */
export interface DecodeOptions {
  readonly limit?: number; // records, ≥ 0
  readonly format: "jsonl" | "csv";
  /** Print the metadata instead of the records. */
  readonly schema?: boolean;
  readonly upgrade: UpgradePolicy;
}

/** What `lotus decode` touches of the world. */
export interface DecodeIo {
  /** Chunks of a file; may be abandoned early. */
  read(path: string): ByteSource;
  /** Writes text to the standard output. */
  write(text: string): void;
  /** Writes one line to the standard error. */
  fail(line: string): void;
}

/** Thrown by the sink when nothing more is wanted. */
class Enough extends Error {}

const FLUSH_CHARACTERS = 1 << 16;

/** Joins lines so that a record does not cost a system call. */
class LineWriter {
  readonly #write: (text: string) => void;
  #text = "";

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  line(text: string): void {
    this.#text += text + "\n";
    if (this.#text.length >= FLUSH_CHARACTERS) this.flush();
  }

  flush(): void {
    if (this.#text !== "") this.#write(this.#text);
    this.#text = "";
  }
}

function csvCell(value: string | number): string {
  const text = String(value).replaceAll("\0", "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Formats records as CSV; one file has one header, so that every record must have its columns. */
class CsvFormat {
  #columns: readonly string[] | null = null;
  readonly #lines: LineWriter;

  constructor(lines: LineWriter) {
    this.#lines = lines;
  }

  record(record: DbnRecord, index: number): void {
    const columns = Object.keys(record);
    if (this.#columns === null) {
      this.#columns = columns;
      this.#lines.line(columns.join(","));
    } else if (columns.join() !== this.#columns.join()) {
      throw new RangeError(
        `Cannot print record ${index} as CSV as its columns differ from the first: "${
          record["record"]
        }"`,
      );
    }
    this.#lines.line(Object.values(record).map(csvCell).join(","));
  }
}

/** Prints the metadata once it is read; a fragment has none and prints null. */
async function printSchema(file: string, options: DecodeOptions, io: DecodeIo): Promise<void> {
  let json: MetadataJson | null = null;
  const sink: DbnSink = {
    onMetadata: (metadata, extent) => {
      json = metadataToJson(metadata, extent);
      throw new Enough();
    },
    onMbo: () => {
      throw new Enough();
    },
    onRecord: () => {
      throw new Enough();
    },
  };
  await untilEnough(decodeDbn(io.read(file), sink, { upgrade: options.upgrade }));
  io.write(JSON.stringify(json, null, 2) + "\n");
}

async function untilEnough(decoding: Promise<DbnCounters>): Promise<void> {
  try {
    await decoding;
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
}

async function printRecords(file: string, options: DecodeOptions, io: DecodeIo): Promise<void> {
  const lines = new LineWriter((text) => io.write(text));
  const limit = options.limit ?? Infinity;
  const csv = options.format === "csv" ? new CsvFormat(lines) : null;
  let printed = 0;
  const print = (record: DbnRecord) => {
    if (printed >= limit) throw new Enough();
    if (csv !== null) csv.record(record, printed);
    else lines.line(JSON.stringify(record));
    printed++;
  };
  const sink: DbnSink = {
    onMetadata: () => {
      if (limit === 0) throw new Enough();
    },
    onMbo: (block) => {
      for (let i = 0; i < block.count; i++) print(mboRecord(block, i));
    },
    onRecord: (view) => print(view.toRecord()),
  };
  try {
    await untilEnough(decodeDbn(io.read(file), sink, { upgrade: options.upgrade }));
  } finally {
    lines.flush(); // what came before an error is printed too
  }
}

/**
 * Prints a DBN file as text, one record a line: names and raw values, 64-bit integers as decimal
 * strings.
 *
 * @returns Exit code: 0, or 1 after one line on the standard error.
 */
async function decodeFile(
  file: string,
  options: DecodeOptions,
  io: DecodeIo,
): Promise<0 | 1> {
  try {
    await (options.schema ? printSchema : printRecords)(file, options, io);
    return 0;
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) return 0; // the reader has seen enough
    if (error instanceof DbnError) io.fail(`${error.message} (${error.code}): "${file}"`);
    else if (error instanceof Deno.errors.NotFound) io.fail(`Cannot find the file: "${file}"`);
    else if (error instanceof Deno.errors.IsADirectory) {
      io.fail(`Cannot decode a folder, only a file in it: "${file}"`);
    } else io.fail(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

function writeAll(text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
}

async function* readChunks(path: string): AsyncGenerator<Uint8Array> {
  using file = await Deno.open(path);
  const buffer = new Uint8Array(1 << 18);
  for (;;) {
    const count = await file.read(buffer);
    if (count === null) return;
    yield buffer.subarray(0, count);
  }
}

const PROCESS_IO: DecodeIo = {
  read: readChunks,
  write: writeAll,
  fail: (line) => console.error(`lotus: ${line}`),
};

function parseLimit(text: string): number {
  const limit = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(limit)) {
    throw new InvalidArgumentError("It must be a whole number of records, 0 or more");
  }
  return limit;
}

/** The `decode` command of the command line. Exits with 1 on bad files and 2 on bad usage. */
export function decodeCommand(): Command {
  return new Command("decode")
    .description("Print a DBN file (plain or Zstandard) as text, one record a line")
    .argument("<file>", "a .dbn, .dbn.zst or .dbn.frag file; the content decides")
    .option("--limit <count>", "stop after this many records", parseLimit)
    .addOption(
      new Option("--format <format>", "how to print records").choices(["jsonl", "csv"])
        .default("jsonl"),
    )
    .addOption(
      new Option("--upgrade <policy>", "version to print records in")
        .choices(["as-is", "v2", "v3"]).default("as-is"),
    )
    .option("--schema", "print the metadata as JSON instead of the records")
    .addHelpText(
      "after",
      "\nExamples:\n  lotus decode CLX5_mbo.dbn --limit 5\n" +
        "  lotus decode CLX5_mbo.dbn --format csv > orders.csv\n",
    )
    .exitOverride((error) => Deno.exit(error.exitCode === 0 ? 0 : 2))
    .action(async (file: string, options: DecodeOptions) => {
      Deno.exitCode = await decodeFile(file, options, PROCESS_IO);
    });
}

if (import.meta.main) await decodeCommand().parseAsync();
