import { HttpError } from "fresh";
import { define } from "../../define.ts";

export default define.page(({ error }) => (
  <p class="admin-error">{error instanceof HttpError ? error.status : "unknown"}</p>
));
