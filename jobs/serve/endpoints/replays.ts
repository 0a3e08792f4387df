import { z } from "zod";
import { ReplayPatch, ReplayRequest } from "../../../modules/tape/mod.ts";
import { tapeSocketEndpoint } from "./_endpoint.ts";

const TAG = "replay sessions";

/** Header in which a client names the secrets of its replays. */
export const REPLAY_SECRET_HEADER = "x-replay-secret";

const ReplayClock = z.object({
  ts: z.number(),
  start_ts: z.number(),
  end_ts: z.number(),
  speed: z.number(),
  paused: z.boolean(),
  phase: z.enum(["warming", "running", "paused", "ended", "failed"]),
}).meta({ id: "ReplayClock" });

const Replay = z.looseObject({ id: z.string(), clock: ReplayClock }).meta({ id: "ReplaySession" });

const Opened = Replay.extend({
  secret: z.string().describe("Whoever has it steers the replay; told once"),
}).meta({ id: "OpenedReplaySession" });

const ONE = {
  path: "/replay/sessions/{id}",
  tag: TAG,
  description: `Needs the replay's secret in the header \`${REPLAY_SECRET_HEADER}\`.`,
  access: "pages",
  limit: "rest",
  statuses: [404],
} as const;

function secretsOf(request: Request): readonly string[] {
  const given = request.headers.get(REPLAY_SECRET_HEADER) ?? "";
  return given.split(",", 8).map((secret) => secret.trim()).filter((secret) => secret !== "");
}

function secretOf(request: Request): string {
  return secretsOf(request)[0] ?? "";
}

/** The client's own replays. */
const REPLAYS_LIST = tapeSocketEndpoint({
  method: "GET",
  path: "/replay/sessions",
  tag: TAG,
  summary: "Replays whose secrets the request names",
  description: `Secrets stand in the header \`${REPLAY_SECRET_HEADER}\`, comma-separated.`,
  access: "pages",
  limit: "rest",
  response: z.object({ data: z.array(Replay) }),
  run: ({ call, state }) => ({ data: state.replays.list(secretsOf(call.req)) }),
});

/** Opens a replay. It costs a worker, so no page of another site may. */
const OPEN_REPLAY = tapeSocketEndpoint({
  method: "POST",
  path: "/replay/sessions",
  tag: TAG,
  summary: "Opens a replay with a clock of its own",
  access: "pages",
  limit: "rest",
  body: ReplayRequest,
  response: Opened,
  success: 201,
  statuses: [503],
  run: ({ body, call, state }) =>
    state.replays.create(body, state.guard.clientOf(call.req, call.info)),
});

/** State of a replay. */
const REPLAY_STATE = tapeSocketEndpoint({
  ...ONE,
  method: "GET",
  summary: "State of a replay",
  response: Replay,
  run: ({ id, call, state }) => state.replays.get(id, secretOf(call.req)).status,
});

/** Changes the clock of a replay. */
const STEER_REPLAY = tapeSocketEndpoint({
  ...ONE,
  method: "PATCH",
  summary: "Pauses, seeks, steps, changes speed",
  body: ReplayPatch,
  response: Replay,
  run: ({ id, body, call, state }) => state.replays.patch(id, secretOf(call.req), body),
});

/** Ends a replay. */
const END_REPLAY = tapeSocketEndpoint({
  ...ONE,
  method: "DELETE",
  summary: "Ends a replay",
  success: 204,
  media: "",
  run: ({ id, call, state }) => state.replays.remove(id, secretOf(call.req)),
});

/** The rows of a replay. */
export const REPLAY_SOCKET = tapeSocketEndpoint({
  method: "GET",
  path: "/ws/replay/{id}",
  tag: TAG,
  summary: "The replay's rows by the live protocol",
  access: "all",
  limit: "ws",
  query: z.object({
    secret: z.string().max(64).default("").describe("The secret that opening it answered"),
  }),
  success: 101,
  media: "",
  statuses: [403, 404, 503],
  run: ({ id, query, call, state }) => {
    const session = state.replays.get(id, query.secret);
    return state.sockets.accept(call, (socket) => session.attach(socket));
  },
});

/** Endpoints of `/replay/sessions`. */
export const REPLAYS = [REPLAYS_LIST, OPEN_REPLAY] as const;

/** Endpoints of `/replay/sessions/{id}`. */
export const REPLAY_BY_ID = [REPLAY_STATE, STEER_REPLAY, END_REPLAY] as const;
