import { define } from "../../define.ts";

export const handler = define.handlers({
  GET: (ctx) => ctx.json({ id: "docs/[[version]]", params: ctx.params }),
});
