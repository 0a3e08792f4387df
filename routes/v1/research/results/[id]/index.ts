import { createDefine } from "fresh";
import { researchResults, ResultError } from "../../../../../jobs/research/analysis/mod.ts";
import { problem } from "../../../../../jobs/kit/http/mod.ts";
import type { State } from "../../../../../jobs/serve/mod.ts";

const define = createDefine<State>();

/** One result as it is stored. */
export const handler = define.handlers({
  async GET(ctx) {
    try {
      const text = await researchResults().text(ctx.params["id"] ?? "");
      return new Response(text, {
        headers: { "content-type": "application/json", "cache-control": "no-cache" },
      });
    } catch (error) {
      if (!(error instanceof ResultError)) throw error;
      return problem(error.code === "not_found" ? 404 : 503, error.code, error.message);
    }
  },
});
