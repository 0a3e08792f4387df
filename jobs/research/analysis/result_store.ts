import { join } from "node:path";
import { z } from "zod";
import { type StampWord, StoredOrigin } from "../../../modules/kit/mod.ts";
import { flatReason } from "./flat_reason.ts";
import { type AnalysisResult, RESULT_FORMAT, resultText } from "./result.ts";

/** Largest result file that is read, bytes. */
const MAX_BYTES = 64 * 1024 * 1024;

/** A result that is not there or cannot be read. */
export class ResultError extends RangeError {
  override readonly name = "ResultError";
  readonly code: "not_found" | "unreadable";

  constructor(code: ResultError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const number = z.number().nullable();
const rows = z.array(z.looseObject({}));

/** What a stored result must have to be listed and shown; the rest is taken as it is. */
const head = z.looseObject({
  format: z.literal(RESULT_FORMAT),
  id: z.string().regex(/^[0-9a-f]{16}$/),
  input: z.looseObject({
    name: z.string(),
    sha256: z.string(),
    provenance: StoredOrigin.optional(),
  }),
  config: z.looseObject({ symbol: z.string(), cell_width_ms: z.number() }),
  dt: z.string(),
  eval_start: z.string(),
  eval_end: z.string(),
  n_eval_bins: z.number(),
  base_ms: z.number(),
});

const stored = z.discriminatedUnion("mode", [
  head.extend({
    mode: z.literal("default"),
    summary: z.looseObject({
      center_sign_hit_rate: number,
      projection: z.record(z.string(), z.looseObject({ hit_rate: number })),
    }),
  }),
  head.extend({
    mode: z.literal("regime"),
    params: z.looseObject({ tp_ticks: z.number(), sl_ticks: z.number() }),
    trade_results: z.looseObject({ n_signals: z.number(), mean_pnl_ticks: number }),
    signals: rows,
    sweep: z.looseObject({ results: rows }).nullable(),
  }),
  head.extend({ mode: z.literal("projection_experiment"), results: rows }),
]);

/** One line of the list of results. */
export interface ResultEntry {
  readonly id: string;
  readonly mode: AnalysisResult["mode"];
  readonly input: string;
  /** What the input was; null when that is not kept. */
  readonly kind: StampWord | null;
  readonly symbol: string;
  readonly dt: string;
  readonly eval_start: string;
  readonly eval_end: string;
  readonly n_eval_bins: number;
  readonly bytes: number;
  /** The finding in a few words. */
  readonly headline: string;
}

/** Results under `<data folder>/research/results`, one JSON file each, named by id. */
export class ResultStore {
  readonly folder: string;
  /** Entries of files that have not changed since, by id; the key is size and time of change. */
  readonly #entries = new Map<string, { readonly key: string; readonly entry: ResultEntry }>();

  constructor(dataDir: string) {
    this.folder = join(dataDir, "research", "results");
  }

  /** Puts a result in place, whole or not at all. @returns Its path. */
  async put(result: AnalysisResult): Promise<string> {
    const path = this.#path(result.id);
    await writeWhole(path, resultText(result), this.folder);
    return path;
  }

  /** All results that can be read, newest date first; others are left out. */
  async list(): Promise<readonly ResultEntry[]> {
    const found: ResultEntry[] = [];
    for (const id of await this.#ids()) {
      try {
        found.push(await this.#entry(id));
      } catch (error) {
        if (!(error instanceof ResultError)) throw error;
      }
    }
    const key = (entry: ResultEntry) => `${entry.dt} ${entry.eval_start} ${entry.id}`;
    return found.sort((a, b) => key(a) < key(b) ? 1 : -1);
  }

  /**
   * One result as it is stored.
   *
   * @throws {ResultError} When there is none of that id, or it is damaged.
   */
  async get(id: string): Promise<AnalysisResult> {
    return parse(await this.#read(id), id) as unknown as AnalysisResult;
  }

  /**
   * Text of a stored result, which is one for sure.
   *
   * @throws {ResultError} When there is none of that id, or it is damaged.
   */
  async text(id: string): Promise<string> {
    const text = await this.#read(id);
    parse(text, id);
    return text;
  }

  /** What a file holds. A link is no result: it may point anywhere. */
  async #read(id: string): Promise<string> {
    if (!/^[0-9a-f]{16}$/.test(id)) throw notFound(id);
    try {
      const path = this.#path(id);
      const { isFile, size } = await Deno.lstat(path);
      if (!isFile) throw notFound(id);
      if (size > MAX_BYTES) {
        throw new ResultError("unreadable", `Cannot read the result ${id} as it is too large`);
      }
      return await Deno.readTextFile(path);
    } catch (error) {
      if (error instanceof ResultError) throw error;
      if (error instanceof Deno.errors.NotFound) throw notFound(id);
      throw new ResultError("unreadable", `Cannot read the result ${id}`, { cause: error });
    }
  }

  async #entry(id: string): Promise<ResultEntry> {
    const info = await Deno.stat(this.#path(id)).catch(() => null);
    const key = `${info?.size} ${info?.mtime?.getTime()}`;
    const known = this.#entries.get(id);
    if (known?.key === key) return known.entry;
    const result = parse(await this.#read(id), id) as unknown as AnalysisResult;
    const { mode, input, config, dt, eval_start, eval_end, n_eval_bins } = result;
    const entry: ResultEntry = {
      id,
      mode,
      input: input.name,
      kind: input.provenance?.kind ?? null,
      symbol: String(config["symbol"]),
      dt,
      eval_start,
      eval_end,
      n_eval_bins,
      bytes: info?.size ?? 0,
      headline: headlineOf(result),
    };
    this.#entries.set(id, { key, entry });
    return entry;
  }

  async #ids(): Promise<readonly string[]> {
    const ids: string[] = [];
    try {
      for await (const { name, isFile } of Deno.readDir(this.folder)) {
        const id = /^([0-9a-f]{16})\.json$/.exec(name)?.[1];
        if (isFile && id !== undefined) ids.push(id);
      }
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
    return ids.sort();
  }

  #path(id: string): string {
    return join(this.folder, `${id}.json`);
  }
}

function notFound(id: string): ResultError {
  return new ResultError("not_found", `Cannot find a result with the id "${id}"`);
}

const versioned = z.looseObject({ format: z.string() });

/** Refuses a result of a later release by its format, which ends in a number. */
function checkFormat(value: unknown, id: string): void {
  const { data } = versioned.safeParse(value);
  const [kind, version] = data?.format.split("/") ?? [];
  const [own, known] = RESULT_FORMAT.split("/");
  if (kind !== own || !(Number(version) > Number(known))) return;
  const found = `it has format ${data?.format}, and this release knows ${RESULT_FORMAT}`;
  throw new ResultError("unreadable", `Cannot read the result ${id}: ${found}`);
}

function parse(text: string, id: string) {
  try {
    const value: unknown = JSON.parse(text);
    checkFormat(value, id);
    const result = stored.parse(value);
    if (result.id !== id) throw new RangeError(`It says that it is ${result.id}`);
    return result;
  } catch (cause) {
    if (cause instanceof ResultError) throw cause;
    throw new ResultError("unreadable", `Cannot read the result ${id} as it is damaged`, { cause });
  }
}

/** What a result found, in a few words. */
function headlineOf(result: AnalysisResult): string {
  const percent = (share: number | null | undefined) =>
    typeof share === "number" ? `${(100 * share).toFixed(1)} %` : "–";
  switch (result.mode) {
    case "default": {
      const [ms, hits] = Object.entries(result.summary.projection).at(-1) ?? [];
      return `hits ${percent(hits?.hit_rate)} at ${ms} ms`;
    }
    case "regime": {
      const { n_signals: n, mean_pnl_ticks: pnl } = result.trade_results;
      const { tp_ticks: tp, sl_ticks: sl } = result.params;
      const swept = result.sweep === null ? "" : `, sweep of ${result.sweep.results.length}`;
      const mean = typeof pnl === "number" ? pnl.toFixed(2).replace("-", "−") : "–";
      const flat = flatReason(result) === null ? "" : ", no profit within reach";
      return `edge ${tp} : ${sl}, ${n} trades, ${mean} ticks each${flat}${swept}`;
    }
    case "projection_experiment": {
      const { results, regime_horizon_ms: ms } = result;
      const best = percent(results[0]?.hit_rate_at_regime_horizon);
      return `${results.length} runs, best hits ${best} at ${ms} ms`;
    }
  }
}

/** Writes a file that appears under its name only when it is whole. */
async function writeWhole(path: string, text: string, folder: string): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const part = `${path}.part-${crypto.randomUUID()}`;
  try {
    await Deno.writeTextFile(part, text);
    await Deno.rename(part, path);
  } catch (error) {
    await Deno.remove(part).catch(() => {});
    throw error;
  }
}
