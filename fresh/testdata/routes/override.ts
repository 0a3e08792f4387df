import type { RouteConfig } from "fresh";
import { define } from "../define.ts";

export const config: RouteConfig = { routeOverride: "/x/:module@:version/:path*" };

export const handlers = define.handlers((ctx) => ctx.json({ id: "override", params: ctx.params }));
