import { createDefine, page } from "fresh";
import { SiteNav } from "../islands/lib/pane/mod.ts";
import { missingAnswer } from "../jobs/serve/api/mod.ts";

const define = createDefine<unknown>();

/** Programs get an error they can read where browsers get a page. */
export const handler = define.handlers((ctx) =>
  missingAnswer(ctx.req, 404) ?? page(undefined, { status: 404 })
);

/** What stands at an address that holds no page. */
export default define.page(() => (
  <>
    <SiteNav current={null} />
    <main class="message">
      <h1>No page here</h1>
      <p>The address may be mistyped, or the page may have moved.</p>
      <p>
        <a href="/">Go to the terminal</a>
      </p>
    </main>
  </>
));
