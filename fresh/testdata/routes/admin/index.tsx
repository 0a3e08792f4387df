import { define } from "../../define.ts";

// deno-fmt-ignore
export default define.page(async function Admin(ctx) {
  await Promise.resolve();
  return <p>admin of {ctx.url.pathname}</p>;
});
