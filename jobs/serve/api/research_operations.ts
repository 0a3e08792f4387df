import { z } from "zod";
import { TABLE_NAMES } from "../../research/analysis/mod.ts";
import { type Operation, operation } from "./operation.ts";

const Result = z.object({
  id: z.string(),
  mode: z.enum(["default", "regime", "projection_experiment"]),
  input: z.string().describe("Name of the file that was analysed."),
  symbol: z.string(),
  dt: z.string().describe("New York date."),
  eval_start: z.string(),
  eval_end: z.string(),
  n_eval_bins: z.int(),
  bytes: z.int(),
  headline: z.string().describe("The finding in a few words."),
}).meta({ id: "ResearchResult" });

/** Results of analyses. */
export const RESEARCH: readonly Operation[] = [
  operation("GET", "/v1/research/results", "research", "What was analysed, newest date first", {
    response: z.object({ results: z.array(Result) }),
  }),
  operation("GET", "/v1/research/results/{id}", "research", "One result as it is stored", {
    media: "application/json",
    description: "docs/methods/analysis.md in the repository describes the fields.",
    errors: [404, 503],
  }),
  operation(
    "GET",
    "/v1/research/results/{id}/{table}",
    "research",
    "One part of a result as a file",
    {
      media: "text/csv",
      description: `\`table\` is one of ${
        TABLE_NAMES.join(", ")
      }; which there are hangs on the mode.`,
      query: z.object({
        format: z.enum(["csv", "parquet"]).default("csv").describe("Kind of file"),
      }),
      errors: [400, 404, 503],
    },
  ),
];
