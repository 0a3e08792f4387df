import { define } from "../define.ts";

export default define.page(({ url }) => <p class="missing">nothing at {url.pathname}</p>);
