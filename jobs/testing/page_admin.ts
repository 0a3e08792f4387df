import { loadConfig } from "../../config.ts";
import { type Identity, serve } from "../kit/http/mod.ts";
import type { Logger } from "../kit/mod.ts";
import { createGuard, explainError, type State } from "../serve/mod.ts";
import { PAGE_ADMIN } from "../serve/endpoints/mod.ts";
import type { AdminProxy, AdminResource } from "../serve/operator/mod.ts";

/** Answers requests of operators' pages as the routes do. */
export type PageAdmin = (
  request: Request,
  info: Deno.ServeHandlerInfo,
  resource: AdminResource,
) => Promise<Response>;

/** The way from operators' pages to a proxy, guard and all. */
export function servePageAdmin(
  adminProxy: AdminProxy,
  identity: Identity,
  log: Logger,
): PageAdmin {
  const guard = createGuard(loadConfig(() => undefined), identity, log, () => Date.now());
  // Of all that a request's state carries, these endpoints use no more.
  const state = { guard, explain: explainError, adminProxy } as unknown as State;
  const { status, read, write } = PAGE_ADMIN;
  const handlers = { status: serve(status), control: serve(read, write) };
  return (req, info, resource) =>
    handlers[resource]({
      req,
      url: new URL(req.url),
      params: {},
      info,
      state,
      upgrade: () => Deno.upgradeWebSocket(req),
    });
}
