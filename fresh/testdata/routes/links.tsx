import { define } from "../define.ts";
import Links from "../islands/Links.tsx";

export default define.page(() => <Links />);
