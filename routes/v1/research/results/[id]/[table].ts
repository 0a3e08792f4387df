import { createDefine } from "fresh";
import { z } from "zod";
import {
  csvOf,
  parquetOf,
  researchResults,
  ResultError,
  resultTable,
  TABLE_NAMES,
} from "../../../../../jobs/research/analysis/mod.ts";
import { problem } from "../../../../../jobs/kit/http/mod.ts";
import type { State } from "../../../../../jobs/serve/mod.ts";

const define = createDefine<State>();

const Request = z.object({
  table: z.enum(TABLE_NAMES, `table must be one of ${TABLE_NAMES.join(", ")}`),
  format: z.enum(["csv", "parquet"], "format must be csv or parquet"),
});

/** One part of a result as a file: `?format=csv` or `?format=parquet`. */
export const handler = define.handlers({
  async GET(ctx) {
    const id = ctx.params["id"] ?? "";
    const query = new URL(ctx.req.url).searchParams;
    const wanted = Request.safeParse({
      table: ctx.params["table"],
      format: query.get("format") ?? "csv",
    });
    if (!wanted.success) {
      return problem(400, "bad_request", wanted.error.issues[0]?.message ?? "Bad request");
    }
    const { table: name, format } = wanted.data;
    try {
      const result = await researchResults().get(id);
      const table = resultTable(result, name);
      if (table === null) {
        return problem(404, "not_found", `A result of mode ${result.mode} has no table ${name}`);
      }
      const isCsv = format === "csv";
      return new Response(isCsv ? csvOf(table) : parquetOf(table), {
        headers: {
          "content-type": isCsv ? "text/csv; charset=utf-8" : "application/vnd.apache.parquet",
          "content-disposition": `attachment; filename="${id}-${name}.${format}"`,
          "cache-control": "no-cache",
        },
      });
    } catch (error) {
      if (!(error instanceof ResultError)) throw error;
      return problem(error.code === "not_found" ? 404 : 503, error.code, error.message);
    }
  },
});
