import { page } from "fresh";
import { define } from "../define.ts";

export const handler = define.handlers(() => page(undefined, { status: 404 }));

export default define.page(({ url }) => <p class="missing">nothing at {url.pathname}</p>);
