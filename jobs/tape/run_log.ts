import { z } from "zod";
import { checkFormat } from "../../modules/kit/mod.ts";

/** Runs remembered. */
const MAX_RUNS = 500;

const Run = z.strictObject({ origin_ts: z.number(), first_ts: z.number() });

/** One run of the pipeline: the event time it began to read at, and that of its first own row. */
export type TapeRun = z.infer<typeof Run>;

/** Version of the file that this release reads and writes. Version 0 is the list alone. */
const FORMAT = 1;

const Runs = z.array(Run);
const File = z.strictObject({ format: z.int().min(1), runs: Runs });
const Versioned = z.looseObject({ format: z.int() });

/** Where the runs are kept. */
export interface RunFile {
  /** What the file is called, for messages. */
  readonly name: string;
  /** The text, or null when there is none. */
  read(): Promise<string | null>;
  write(text: string): Promise<void>;
  /** Keeps a text of an older format beside the file. */
  keep(text: string, format: number): Promise<void>;
}

interface Found {
  readonly format: number;
  readonly runs: readonly TapeRun[];
}

/** What a text holds; one that cannot be understood holds nothing. */
function parse(text: string, name: string): Found {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { format: FORMAT, runs: [] };
  }
  const versioned = Versioned.safeParse(value);
  if (versioned.success) checkFormat(JSON.stringify(name), versioned.data.format, FORMAT);
  const file = File.safeParse(value);
  if (file.success) return file.data;
  const list = Runs.safeParse(value);
  return list.success ? { format: 0, runs: list.data } : { format: FORMAT, runs: [] };
}

/**
 * Remembers from where each run of the pipeline had read the tape. A replay that starts its own pipeline
 * there reads what the first one read, and so finds the same rows.
 */
export class RunLog {
  readonly #file: RunFile;
  #runs: readonly TapeRun[];

  private constructor(file: RunFile, runs: readonly TapeRun[]) {
    this.#file = file;
    this.#runs = runs;
  }

  /**
   * Reads the runs; a file that cannot be understood counts as empty, and one of an older format is
   * rewritten, with a copy kept.
   *
   * @throws {StoreError} `newer_format` when a later release wrote it.
   */
  static async open(file: RunFile): Promise<RunLog> {
    const text = await file.read();
    if (text === null) return new RunLog(file, []);
    const { format, runs } = parse(text, file.name);
    const log = new RunLog(file, runs);
    if (format < FORMAT) {
      await file.keep(text, format);
      await log.#write();
    }
    return log;
  }

  /** Remembers a run. */
  async add(run: TapeRun): Promise<void> {
    this.#runs = [...this.#runs, run].slice(-MAX_RUNS);
    await this.#write();
  }

  /** The run that made the derived rows at `ts`, or null when none is known. */
  at(ts: number): TapeRun | null {
    return this.#runs.findLast((run) => run.first_ts <= ts) ?? null;
  }

  #write(): Promise<void> {
    return this.#file.write(JSON.stringify({ format: FORMAT, runs: this.#runs }));
  }
}

/** Runs in a file. */
export function runFile(path: string): RunFile {
  return {
    name: path,
    read: async () => {
      try {
        return await Deno.readTextFile(path);
      } catch (error) {
        if (error instanceof Deno.errors.NotFound) return null;
        throw error;
      }
    },
    write: async (text) => {
      await Deno.writeTextFile(`${path}.new`, text);
      await Deno.rename(`${path}.new`, path);
    },
    keep: (text, format) => Deno.writeTextFile(`${path}.format-${format}`, text),
  };
}
