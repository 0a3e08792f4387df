import { RecordingRequest, RecordingStatus } from "../../../modules/feed/contract.ts";
import type { Call, Operator } from "../../kit/http/mod.ts";
import type { State } from "../state.ts";
import { endpoint } from "./_endpoint.ts";

const COMMON = {
  path: "/v1/recording",
  tag: "futures heatmap",
  response: RecordingStatus,
} as const;

/** The state of the recorder as this reader is told it. */
function told(
  status: Omit<RecordingStatus, "allowed">,
  operator: Operator | null,
): RecordingStatus {
  return { ...status, allowed: operator !== null };
}

function reader({ req, info, state }: Call<State>): Operator | null {
  return state.guard.identify(req, info);
}

/** The recording of the shared feed. */
export const RECORDING = endpoint({
  ...COMMON,
  method: "GET",
  summary: "The recording of the shared feed",
  access: "pages",
  limit: "rest",
  run: ({ call, state }) => told(state.recorder.status(), reader(call)),
});

/** Starts a recording. */
export const START_RECORDING = endpoint({
  ...COMMON,
  method: "POST",
  summary: "Starts a recording, for operators",
  access: "operators",
  limit: "write",
  body: RecordingRequest,
  invalid: 422,
  success: 201,
  statuses: [409, 507],
  run: ({ body, operator, state }) => told(state.recorder.start(body.name ?? null), operator),
});

/** Ends a recording. */
export const STOP_RECORDING = endpoint({
  ...COMMON,
  method: "DELETE",
  summary: "Ends the recording as a dataset",
  access: "operators",
  limit: "write",
  statuses: [409],
  run: async ({ operator, state }) => told(await state.recorder.stop(), operator),
});
