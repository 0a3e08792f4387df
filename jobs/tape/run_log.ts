import { z } from "zod";

/** Runs remembered. */
const MAX_RUNS = 500;

const Run = z.strictObject({ origin_ts: z.number(), first_ts: z.number() });

/** One run of the pipeline: the event time it began to read at, and that of its first own row. */
export type TapeRun = z.infer<typeof Run>;

const Runs = z.array(Run);

/** Where the runs are kept. */
export interface RunFile {
  /** The text, or null when there is none. */
  read(): Promise<string | null>;
  write(text: string): Promise<void>;
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

  /** Reads the runs; a file that cannot be understood counts as empty. */
  static async open(file: RunFile): Promise<RunLog> {
    const text = await file.read();
    try {
      return new RunLog(file, Runs.parse(JSON.parse(text ?? "[]")));
    } catch {
      return new RunLog(file, []);
    }
  }

  /** Remembers a run. */
  async add(run: TapeRun): Promise<void> {
    this.#runs = [...this.#runs, run].slice(-MAX_RUNS);
    await this.#file.write(JSON.stringify(this.#runs));
  }

  /** The run that made the derived rows at `ts`, or null when none is known. */
  at(ts: number): TapeRun | null {
    return this.#runs.findLast((run) => run.first_ts <= ts) ?? null;
  }
}

/** Runs in a file. */
export function runFile(path: string): RunFile {
  return {
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
  };
}
