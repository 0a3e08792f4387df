import { createDefine, HttpError, page } from "fresh";
import { SiteNav } from "../islands/lib/pane/mod.ts";
import { missingAnswer } from "../jobs/serve/api/mod.ts";

const define = createDefine<unknown>();

function statusOf(error: unknown): number {
  return error instanceof HttpError ? error.status : 500;
}

/** Programs get an error they can read where browsers get a page. */
export const handler = define.handlers(({ req, error }) => {
  const status = statusOf(error);
  return missingAnswer(req, status) ?? page(undefined, { status });
});

/** What stands in place of a page that could not be made. */
export default define.page(({ error }) => (
  <>
    <SiteNav current={null} />
    <main class="message">
      <h1>The page could not be made</h1>
      <p>
        {error instanceof HttpError && error.message !== ""
          ? error.message
          : "The server met an error of its own. Its log says which."}
      </p>
      <p class="mono">Status {statusOf(error)}</p>
      <p>
        <a href="/">Try the terminal again</a>
      </p>
    </main>
  </>
));
