import {
  ARROW_STREAM,
  arrowAnswer,
  BootstrapQuery,
  NEVER_NS,
  RING_WINDOWS,
  type StreamPath,
  SurfaceParams,
  SurfaceQuery,
} from "../surfaces/mod.ts";
import { surfaceEndpoint } from "./_endpoint.ts";

const TAG = "surfaces";

function surfaceSocket(name: StreamPath, summary: string) {
  return surfaceEndpoint({
    method: "GET",
    path: `/v1/${name}/stream`,
    tag: TAG,
    summary,
    description:
      "A window a second, as texts and Arrow messages; docs/formats.md describes them, " +
      "what clients may say, and close codes. What is wrong with a parameter closes the socket.",
    access: "all",
    limit: "ws",
    query: SurfaceParams,
    raw: true,
    success: 101,
    media: "",
    statuses: [400, 403, 503],
    run: ({ call, state }) =>
      state.sockets.accept(
        call,
        (socket) => state.surfaces.serve(socket, name, call.url.searchParams),
        (client) => state.surfaces.hold(call.url.searchParams, client),
      ),
  });
}

/** Surfaces over a socket; snap, velocity and options unless others are named. */
export const VELOCITY_SOCKET = surfaceSocket("velocity", "Liquidity velocity over a socket");

/** The same with those of the heads-up display, told from the nearest strike. */
export const HUD_SOCKET = surfaceSocket("hud", "Walls, vacuum and gamma exposure over a socket");

/** Snapshots of the windows that are kept. */
export const HUD_BOOTSTRAP = surfaceEndpoint({
  method: "GET",
  path: "/v1/hud/bootstrap",
  tag: TAG,
  summary: "Snapshots of the newest windows",
  description: `The newest ${RING_WINDOWS} windows at most, told from the nearest strike.`,
  access: "all",
  limit: "rest",
  query: BootstrapQuery,
  media: ARROW_STREAM,
  statuses: [404],
  run: ({ query, state }) =>
    arrowAnswer(state.surfaces.feed, state.surfaces.encoder, {
      ...query,
      surface: "snap",
      startNs: 0n,
      endNs: BigInt(query.end_ts_ns ?? NEVER_NS),
    }, { isExtended: false, anchor: "strike" }),
});

/** One surface of the windows that are kept. */
export const HUD_SURFACES = surfaceEndpoint({
  method: "GET",
  path: "/v1/hud/surfaces",
  tag: TAG,
  summary: "One surface of a stretch of windows",
  description: "A record batch per window, both ends included.",
  access: "all",
  limit: "rest",
  query: SurfaceQuery,
  media: ARROW_STREAM,
  statuses: [404],
  run: ({ query, state }) =>
    arrowAnswer(state.surfaces.feed, state.surfaces.encoder, {
      ...query,
      startNs: BigInt(query.start_ts_ns ?? 0),
      endNs: BigInt(query.end_ts_ns ?? NEVER_NS),
    }, { isExtended: query.ext === "1", anchor: query.anchor }),
});
