import { z } from "zod";
import { STAMP_WORDS, stampSlug } from "../../../modules/kit/mod.ts";
import { ApiError } from "../../kit/http/mod.ts";
import {
  csvOf,
  parquetOf,
  resultProvenance,
  resultStamp,
  resultTable,
  TABLE_NAMES,
  type TableName,
} from "../../research/analysis/mod.ts";
import { endpoint } from "./_endpoint.ts";

const TAG = "research";
const FRESH = { "cache-control": "no-cache" } as const;

const Result = z.object({
  id: z.string(),
  mode: z.enum(["default", "regime", "projection_experiment"]),
  input: z.string().describe("Name of the file that was analysed."),
  kind: z.enum(STAMP_WORDS).nullable().describe("What the input was, null when not recorded."),
  symbol: z.string(),
  dt: z.string().describe("New York date."),
  eval_start: z.string(),
  eval_end: z.string(),
  n_eval_bins: z.int(),
  bytes: z.int(),
  headline: z.string().describe("The finding in a few words."),
}).meta({ id: "ResearchResult" });

/** What was analysed. */
export const RESULTS = endpoint({
  method: "GET",
  path: "/v1/research/results",
  tag: TAG,
  summary: "What was analysed, newest date first",
  access: "pages",
  limit: "rest",
  response: z.object({ results: z.array(Result) }),
  run: async ({ state }) =>
    Response.json({ results: await state.results.list() }, { headers: FRESH }),
});

/** One result. */
export const RESULT = endpoint({
  method: "GET",
  path: "/v1/research/results/{id}",
  tag: TAG,
  summary: "One result as it is stored",
  description: "docs/methods/analysis.md in the repository describes the fields.",
  access: "pages",
  limit: "rest",
  media: "application/json",
  statuses: [404, 503],
  run: async ({ id, state }) =>
    new Response(await state.results.text(id), {
      headers: { ...FRESH, "content-type": "application/json" },
    }),
});

const FORMATS = ["csv", "parquet"] as const;

/** One part of a result as a file. */
export const RESULT_TABLE = endpoint({
  method: "GET",
  path: "/v1/research/results/{id}/{table}",
  tag: TAG,
  summary: "One part of a result as a file",
  description: `\`table\` is one of ${TABLE_NAMES.join(", ")}; which there are hangs on the mode.`,
  access: "pages",
  limit: "rest",
  query: z.object({
    format: z.enum(FORMATS, "must be csv or parquet").default("csv").describe("Kind of file"),
  }),
  media: "text/csv",
  statuses: [404, 503],
  run: async ({ id, query: { format }, call, state }) => {
    const name = tableName(call.params["table"]);
    const result = await state.results.get(id);
    const table = resultTable(result, name);
    if (table === null) {
      throw new ApiError(404, { error: `A result of mode ${result.mode} has no table ${name}` });
    }
    const market = resultProvenance(result);
    const slug = market === null ? "" : `-${stampSlug(market)}`;
    const content = format === "csv"
      ? csvOf(table, resultStamp(result))
      : parquetOf(table, resultStamp(result));
    return fileOf(content, format, `${id}-${name}${slug}.${format}`);
  },
});

function tableName(given: string | undefined): TableName {
  const found = TABLE_NAMES.find((name) => name === given);
  if (found !== undefined) return found;
  throw new ApiError(400, { detail: `table: must be one of ${TABLE_NAMES.join(", ")}` });
}

const TYPES = { csv: "text/csv; charset=utf-8", parquet: "application/vnd.apache.parquet" };

function fileOf(
  content: string | Uint8Array<ArrayBuffer>,
  format: keyof typeof TYPES,
  filename: string,
): Response {
  return new Response(content, {
    headers: {
      ...FRESH,
      "content-type": TYPES[format],
      "content-disposition": `attachment; filename="${filename}"`,
    },
  });
}
