import { define } from "../../define.ts";

export const handler = define.handlers({
  GET: (ctx) => ctx.json({ item: 1 }, { headers: { "x-item": "yes" } }),
  DELETE: () => new Response(null, { status: 204 }),
});
