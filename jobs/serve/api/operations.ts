import { z } from "zod";
import { STREAM_NAMES } from "../../../engine/frames/mod.ts";
import {
  SyntheticControlResponse,
  SyntheticControlState,
  SyntheticControlWritten,
  SyntheticStatus,
} from "../../../modules/control/contract.ts";
import {
  FeedCommand,
  FeedState,
  RecordingRequest,
  RecordingStatus,
} from "../../../modules/feed/contract.ts";
import { ReplayPatch, ReplayRequest, SessionOutline, STREAMS } from "../../../modules/tape/mod.ts";
import { ENDPOINTS } from "./endpoints.ts";
import { type Operation, operation, operationOf } from "./operation.ts";
import { RESEARCH } from "./research_operations.ts";

const SOCKET = { success: 101, errors: [400, 403, 429], media: "" };
const PLAIN = { media: "application/json" };

const SOCKETS: readonly Operation[] = [
  operation("GET", "/ws/live", "sockets", "Live protocol: subscriptions, snapshots, events", {
    ...SOCKET,
    description: "docs/formats.md in the repository describes the messages.",
  }),
  ...STREAM_NAMES.map((stream) =>
    operation(
      "GET",
      `/ws/${STREAMS[stream].ws}`,
      "sockets",
      `Every row: ${STREAMS[stream].title}`,
      {
        ...SOCKET,
        description: `One text frame \`{"type": "${
          STREAMS[stream].type
        }", "payload": row}\` a row.`,
      },
    )
  ),
];

const Clock = z.object({
  ts: z.number(),
  start_ts: z.number(),
  end_ts: z.number(),
  speed: z.number(),
  paused: z.boolean(),
  phase: z.enum(["warming", "running", "paused", "ended", "failed"]),
}).meta({ id: "ReplayClock" });

const Session = z.looseObject({ id: z.string(), clock: Clock }).meta({ id: "ReplaySession" });

const REPLAYS: readonly Operation[] = [
  operation(
    "POST",
    "/replay/sessions",
    "replay sessions",
    "Opens a replay with a clock of its own",
    {
      body: ReplayRequest,
      response: Session,
      success: 201,
      errors: [400, 413, 415, 429, 503],
    },
  ),
  operation("GET", "/replay/sessions/{id}", "replay sessions", "State of a replay", {
    response: Session,
    errors: [404],
  }),
  operation(
    "PATCH",
    "/replay/sessions/{id}",
    "replay sessions",
    "Pauses, seeks, steps, changes speed",
    {
      body: ReplayPatch,
      response: Session,
      errors: [400, 404, 413, 415],
    },
  ),
  operation("DELETE", "/replay/sessions/{id}", "replay sessions", "Ends a replay", {
    ...PLAIN,
    success: 204,
    errors: [404],
  }),
  operation("GET", "/ws/replay/{id}", "replay sessions", "The replay's rows by the live protocol", {
    ...SOCKET,
    errors: [400, 403, 404, 429],
  }),
];

const ADMIN = "operators";
const adminErrors = [401, 404, 503];

const OPERATORS: readonly Operation[] = [
  ...["/admin/synthetic", "/api/admin/synthetic"].flatMap((base) => {
    const secured = base.startsWith("/admin");
    const how = secured
      ? "Takes the admin token as a bearer token."
      : "For pages of this server: takes the operator's session, adds the token.";
    const common = { secured, description: how };
    return [
      operation("GET", `${base}/status`, ADMIN, "State of the synthetic market", {
        ...common,
        response: SyntheticStatus,
        errors: adminErrors,
      }),
      operation("GET", `${base}/control`, ADMIN, "What steers the synthetic market", {
        ...common,
        response: SyntheticControlResponse,
        errors: [...adminErrors, 409],
      }),
      operation("PUT", `${base}/control`, ADMIN, "Steers the synthetic market: the whole state", {
        ...common,
        body: SyntheticControlState,
        response: SyntheticControlWritten,
        errors: [400, 401, 404, 409, 412, 413, 415, 429, 503],
      }),
    ];
  }),
  operation("POST", "/login", ADMIN, "Begins an operator's session", {
    media: "text/html",
    success: 303,
    errors: [401, 403, 429],
  }),
  operation("POST", "/logout", ADMIN, "Ends an operator's session", {
    media: "text/html",
    success: 303,
  }),
];

const HEATMAP: readonly Operation[] = [
  operation("GET", "/v1/feed", "futures heatmap", "State of the shared futures feed", {
    response: FeedState,
    errors: [503],
  }),
  operation("POST", "/v1/feed", "futures heatmap", "A command to the shared futures feed", {
    body: FeedCommand,
    response: FeedState,
    errors: [400, 401, 403, 409, 413, 415, 422],
  }),
  operation(
    "GET",
    "/v1/feeds",
    "futures heatmap",
    "Files, instruments and regimes on offer",
    PLAIN,
  ),
  operation("GET", "/v1/recording", "futures heatmap", "The recording of the shared feed", {
    response: RecordingStatus,
    errors: [],
  }),
  operation("POST", "/v1/recording", "futures heatmap", "Starts a recording, for operators", {
    body: RecordingRequest,
    response: RecordingStatus,
    success: 201,
    errors: [400, 401, 403, 409, 413, 415, 422, 429, 507],
  }),
  operation("DELETE", "/v1/recording", "futures heatmap", "Ends the recording as a dataset", {
    response: RecordingStatus,
    errors: [401, 403, 409, 429],
  }),
  operation("GET", "/v1/pressure/signals", "futures heatmap", "Directional signals over bins", {
    query: z.object({
      from: z.int().describe("Number of the first bin"),
      to: z.int().describe("Number of the last bin, at most 1,199 further"),
    }),
    errors: [404, 422, 503],
    ...PLAIN,
  }),
  ...["/v1/pressure/stream", "/v1/vacuum-pressure/stream"].map((path) =>
    operation("GET", path, "futures heatmap", "The pressure grid as Arrow over a socket", SOCKET)
  ),
];

const PROBES: readonly Operation[] = [
  operation("GET", "/healthz", "probes", "Whether the process is up", PLAIN),
  operation("GET", "/readyz", "probes", "Whether the futures feed is fresh", {
    ...PLAIN,
    errors: [503],
  }),
  operation("GET", "/metrics", "probes", "Figures of the process for Prometheus", {
    media: "text/plain",
  }),
  operation("GET", "/openapi.json", "probes", "This document", PLAIN),
];

const RealismRow = z.object({
  id: z.string().describe("Letter of the group and a number, as in docs/realism.md."),
  name: z.string(),
  values: z.array(z.object({ of: z.string(), value: z.number().nullable() })),
  target: z.string(),
  pass: z.boolean().nullable().describe("Null: too little was seen to say."),
  n: z.number().describe("Size of the sample, in `unit`."),
  unit: z.string(),
}).meta({ id: "RealismRow" });

const Realism = z.object({
  session_id: z.int(),
  session_minute: z.int().describe("Minute of the session that was measured last, from 0."),
  session_minutes: z.int(),
  regime: z.string(),
  preset: z.string(),
  from_ts: z.int(),
  until_ts: z.int(),
  rows: z.array(RealismRow),
  confusion: z.looseObject({ counts: z.array(z.array(z.int())) }).nullable()
    .describe("Meant against read, of the last hour; null for everybody but operators."),
}).meta({ id: "RealismReport" });

const STATUS: readonly Operation[] = [
  operation(
    "GET",
    "/v1/tape",
    "current",
    "State of the tape: session, freshness, lag, counts",
    PLAIN,
  ),
  operation("GET", "/v1/session", "current", "Phases and events of the session under way", {
    query: z.object({ symbol: z.string().describe("A symbol of the universe") }),
    response: SessionOutline,
    errors: [400, 503],
  }),
  operation(
    "GET",
    "/v1/realism",
    "current",
    "Properties of the session under way, measured, next to what they should be",
    { response: Realism, errors: [503] },
  ),
];

/** Every operation of the server, in the order of the documentation. */
export const OPERATIONS: readonly Operation[] = [
  ...ENDPOINTS.filter(({ tag }) => tag !== "probes").map(operationOf),
  ...STATUS,
  ...SOCKETS,
  ...REPLAYS,
  ...OPERATORS,
  ...HEATMAP,
  ...RESEARCH,
  ...ENDPOINTS.filter(({ tag }) => tag === "probes").map(operationOf),
  ...PROBES,
];
