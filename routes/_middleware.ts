import { createDefine, HttpError } from "fresh";
import { missingAnswer } from "../jobs/serve/api/mod.ts";
import type { State } from "../jobs/serve/mod.ts";

const define = createDefine<State>();

/** Programs get an error they can read where browsers get a page. */
export default define.middleware(async (ctx) => {
  try {
    return await ctx.next();
  } catch (error) {
    const answer = error instanceof HttpError ? missingAnswer(ctx.req, error.status) : null;
    if (answer === null) throw error;
    return answer;
  }
});
