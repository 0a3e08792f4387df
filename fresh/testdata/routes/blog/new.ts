import { define } from "../../define.ts";

export const handler = define.handlers({
  GET: (ctx) => ctx.json({ id: "blog/new", params: ctx.params }),
});
