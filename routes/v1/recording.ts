import { createDefine } from "fresh";
import { RecorderError } from "../../jobs/lake/capture/mod.ts";
import { invalidBody, problem, readJson, sameOrigin } from "../../jobs/kit/http/mod.ts";
import { CSRF_HEADER } from "../../jobs/serve/operator/mod.ts";
import type { State } from "../../jobs/serve/mod.ts";
import { RecordingRequest, type RecordingStatus } from "../../modules/feed/contract.ts";

const define = createDefine<State>();

/** What of a request's context the answers need. */
interface Context {
  readonly req: Request;
  readonly info: Deno.ServeHandlerInfo;
  readonly state: State;
}

function answer(
  ctx: Context,
  status: Omit<RecordingStatus, "allowed">,
  code = 200,
): Response {
  const operator = ctx.state.operators.identify(ctx.req, ctx.info);
  const body: RecordingStatus = { ...status, allowed: operator !== null };
  const headers = new Headers({ "cache-control": "no-store" });
  if (operator !== null && sameOrigin(ctx.req)) headers.set(CSRF_HEADER, operator.csrfToken);
  return Response.json(body, { status: code, headers });
}

/** Whatever speaks against a write: foreign pages, strangers, a missing token, too many. */
function refusal(ctx: Context): Response | null {
  const { operators, recordingLimit } = ctx.state;
  if (!sameOrigin(ctx.req)) {
    return problem(403, "foreign_origin", "Recordings are steered from this terminal", "origin");
  }
  const operator = operators.identify(ctx.req, ctx.info);
  if (operator === null) {
    return problem(
      401,
      "not_operator",
      operators.hasPassphrase
        ? "Sign in at /login first"
        : "Recordings are started on this machine only, as no operator passphrase is set",
    );
  }
  // A program at this machine sends no Origin; a browser does, and repeats the token it was given.
  const fromBrowser = ctx.req.headers.has("origin") || operators.hasPassphrase;
  if (fromBrowser && !operators.hasCsrfToken(ctx.req, operator)) {
    return problem(403, "csrf", "The request must repeat the token of the status", CSRF_HEADER);
  }
  const waitMs = recordingLimit.take(operators.address(ctx.req, ctx.info));
  if (waitMs === 0) return null;
  const limited = problem(429, "too_many", "Too many recordings were started or ended: wait");
  limited.headers.set("retry-after", String(Math.ceil(waitMs / 1_000)));
  return limited;
}

const STATUS: Readonly<Record<RecorderError["code"], number>> = {
  busy: 409,
  idle: 409,
  not_running: 409,
  exists: 409,
  disk_full: 507,
};

function refused(error: unknown): Response {
  if (!(error instanceof RecorderError)) throw error;
  return problem(STATUS[error.code], error.code, error.message);
}

/** The recording of the shared feed: its state (GET), start (POST), end (DELETE). */
export const handler = define.handlers({
  GET: (ctx) => answer(ctx, ctx.state.recorder.status()),

  async POST(ctx) {
    const no = refusal(ctx);
    if (no !== null) return no;
    const body = await readJson(ctx.req);
    if (body instanceof Response) return body;
    const request = RecordingRequest.safeParse(body.value);
    if (!request.success) return invalidBody(request.error);
    try {
      return answer(ctx, ctx.state.recorder.start(request.data.name ?? null), 201);
    } catch (error) {
      return refused(error);
    }
  },

  async DELETE(ctx) {
    const no = refusal(ctx);
    if (no !== null) return no;
    try {
      return answer(ctx, await ctx.state.recorder.stop());
    } catch (error) {
      return refused(error);
    }
  },
});
