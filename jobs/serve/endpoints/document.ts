import type { Endpoint } from "../../kit/http/mod.ts";
import {
  type DocModel,
  docModel,
  type JsonObject,
  openApiDocument,
  TAPE_ENDPOINTS,
} from "../api/mod.ts";
import type { State } from "../state.ts";
import { endpoint } from "./_endpoint.ts";
import {
  FEED,
  FEED_COMMAND,
  FEEDS,
  PRESSURE_SOCKET,
  SIGNALS,
  UPLOAD,
  VACUUM_SOCKET,
} from "./feed.ts";
import { ADMIN, LOGIN, LOGOUT, LOGOUT_PAGE, PAGE_ADMIN } from "./operators.ts";
import { HEALTH, HEALTHZ, METRICS, READY, READYZ } from "./probes.ts";
import { RECORDING, START_RECORDING, STOP_RECORDING } from "./recording.ts";
import { REPLAY_BY_ID, REPLAY_SOCKET, REPLAYS } from "./replays.ts";
import { RESULT, RESULT_TABLE, RESULTS } from "./research.ts";
import { LIVE_SOCKET, STREAM_SOCKETS } from "./sockets.ts";
import { HUD_BOOTSTRAP, HUD_SOCKET, HUD_SURFACES, VELOCITY_SOCKET } from "./surfaces.ts";
import { LISTING, REALISM, SESSION, SESSION_OPEN, TAPE } from "./tape_state.ts";

/** The document itself. */
export const OPENAPI = endpoint({
  method: "GET",
  path: "/openapi.json",
  tag: "probes",
  summary: "This document",
  access: "all",
  limit: null,
  media: "application/json",
  run: () => Response.json(apiDocument(), { headers: { "access-control-allow-origin": "*" } }),
});

/** Every endpoint of the server, in the order of the documentation. */
export const ENDPOINTS: readonly Endpoint<State>[] = [
  ...TAPE_ENDPOINTS,
  TAPE,
  SESSION,
  SESSION_OPEN,
  LISTING,
  REALISM,
  LIVE_SOCKET,
  ...STREAM_SOCKETS.values(),
  ...REPLAYS,
  ...REPLAY_BY_ID,
  REPLAY_SOCKET,
  ...Object.values(ADMIN),
  ...Object.values(PAGE_ADMIN),
  LOGIN,
  LOGOUT,
  LOGOUT_PAGE,
  FEED,
  FEED_COMMAND,
  FEEDS,
  UPLOAD,
  RECORDING,
  START_RECORDING,
  STOP_RECORDING,
  SIGNALS,
  PRESSURE_SOCKET,
  VACUUM_SOCKET,
  VELOCITY_SOCKET,
  HUD_SOCKET,
  HUD_BOOTSTRAP,
  HUD_SURFACES,
  RESULTS,
  RESULT,
  RESULT_TABLE,
  HEALTH,
  HEALTHZ,
  READY,
  READYZ,
  METRICS,
  OPENAPI,
];

let document: JsonObject | null = null;
let made: { readonly origin: string; readonly model: DocModel } | null = null;

/** The OpenAPI document of this server; made when it is first asked for. */
export function apiDocument(): JsonObject {
  return document ??= openApiDocument(ENDPOINTS);
}

/**
 * The same as the documentation page shows it; kept for the origin that was asked for last.
 *
 * @param origin Address of this server for whoever reads it, as `http://127.0.0.1:8000`.
 */
export function apiDocumentation(origin: string): DocModel {
  if (made?.origin !== origin) made = { origin, model: docModel(apiDocument(), origin) };
  return made.model;
}
