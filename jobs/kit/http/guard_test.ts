import { deepStrictEqual, ok, rejects, strictEqual, throws } from "node:assert/strict";
import { createLogger } from "../logger.ts";
import { ApiError } from "./api_error.ts";
import { CSRF_HEADER, Guard, sameOrigin } from "./guard.ts";
import { readBody } from "./read_body.ts";
import { readBodyText } from "./read_body_text.ts";

const URL_OF_FEED = "http://127.0.0.1:8000/v1/feed";
const HOST = { host: "127.0.0.1:8000" };
const OPERATOR = { id: "operator", csrfToken: "its-token" };
const INFO: Deno.ServeHandlerInfo = {
  remoteAddr: { transport: "tcp", hostname: "10.0.0.1", port: 50_000 },
  completed: Promise.resolve(),
};

function post(body: BodyInit, headers: Record<string, string> = {}): Request {
  return new Request(URL_OF_FEED, {
    method: "POST",
    body,
    headers: { "content-type": "application/json", ...headers },
  });
}

function guardOf(identity: { hasPassphrase: boolean; isOperator: boolean }): Guard {
  return new Guard({
    limits: { rest: 2, lookup: 0, ws: 0, write: 1 },
    origins: ["https://friend.example"],
    proxies: [],
    identity: {
      hasPassphrase: identity.hasPassphrase,
      identify: () => identity.isOperator ? OPERATOR : null,
      hasCsrfToken: (request) => request.headers.get(CSRF_HEADER) === OPERATOR.csrfToken,
    },
    log: createLogger("test", {
      level: "error",
      human: false,
      now: () => new Date(0),
      write: () => {},
    }),
    nowMs: () => 0,
  });
}

function refusal(status: number, code: string) {
  return (error: unknown) => {
    ok(error instanceof ApiError);
    deepStrictEqual([error.status, error.code], [status, code]);
    return true;
  };
}

Deno.test("readBody() answers 415, 400 and 413", async () => {
  await rejects(readBody(post("{}", { "content-type": "text/plain" })), refusal(415, "not_json"));
  await rejects(readBody(post("{nope")), refusal(400, "invalid_body"));
  const long = JSON.stringify("x".repeat(20_000));
  await rejects(readBody(post(long)), refusal(413, "body_too_large"));
  deepStrictEqual(await readBody(post('{"op":"pause"}')), { op: "pause" });
});

Deno.test("readBodyText() gives a body that never ends so much time and no more", async () => {
  let cancelled = false;
  const dripping = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new Uint8Array([123])),
    cancel: () => {
      cancelled = true;
    },
  });
  await rejects(readBodyText(post(dripping), 100, 20), refusal(408, "too_slow"));
  ok(cancelled, "what is still to come is not waited for");
});

Deno.test("readBodyText() answers 400 to a body that breaks off", async () => {
  const broken = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.error(new Deno.errors.BadResource("the peer has gone")),
  });
  await rejects(readBodyText(post(broken), 100), refusal(400, "invalid_body"));
});

Deno.test("sameOrigin() accepts the own page and programs, and refuses other sites", () => {
  const of = (origin?: string) =>
    sameOrigin(post("{}", origin === undefined ? HOST : { ...HOST, origin }));
  ok(of());
  ok(of("http://127.0.0.1:8000"));
  ok(!of("https://evil.example"));
  ok(!of("null"));
});

Deno.test("Guard.requireReader() lets allowed origins in, requireOwnPage() does not", () => {
  const guard = guardOf({ hasPassphrase: false, isOperator: true });
  const from = (origin: string) => post("{}", { ...HOST, origin });
  guard.requireReader(from("https://friend.example"));
  throws(() => guard.requireReader(from("https://evil.example")), refusal(403, "foreign_origin"));
  throws(
    () => guard.requireOwnPage(from("https://friend.example")),
    refusal(403, "foreign_origin"),
  );
  guard.requireOwnPage(from("http://127.0.0.1:8000"));
});

Deno.test("Guard.requireOperator() wants an operator, the own page, and the token from browsers", () => {
  const local = guardOf({ hasPassphrase: false, isOperator: true });
  const own = { ...HOST, origin: "http://127.0.0.1:8000" };
  const token = { [CSRF_HEADER]: OPERATOR.csrfToken };
  strictEqual(local.requireOperator(post("{}", HOST), INFO), OPERATOR, "a program at this machine");
  throws(() => local.requireOperator(post("{}", own), INFO), refusal(403, "csrf"));
  strictEqual(local.requireOperator(post("{}", { ...own, ...token }), INFO), OPERATOR);
  const foreign = { ...HOST, ...token, origin: "https://evil.example" };
  throws(() => local.requireOperator(post("{}", foreign), INFO), refusal(403, "foreign_origin"));
  const crossed = { ...HOST, ...token, "sec-fetch-site": "cross-site" };
  throws(() => local.requireOperator(post("{}", crossed), INFO), refusal(403, "foreign_origin"));
  strictEqual(local.requireOperator(new Request(URL_OF_FEED, { headers: own }), INFO), OPERATOR);
  const signedIn = guardOf({ hasPassphrase: true, isOperator: true });
  throws(() => signedIn.requireOperator(post("{}", HOST), INFO), refusal(403, "csrf"));
  const stranger = guardOf({ hasPassphrase: true, isOperator: false });
  throws(() => stranger.requireOperator(post("{}", HOST), INFO), refusal(401, "not_operator"));
});

Deno.test("Guard.admit() counts each kind of request of a client apart", () => {
  const guard = guardOf({ hasPassphrase: false, isOperator: false });
  const admit = (kind: "rest" | "write") => guard.admit(kind, post("{}", HOST), INFO);
  admit("rest");
  admit("write");
  admit("rest");
  throws(() => admit("rest"), refusal(429, "rate_limited"));
  throws(() => admit("write"), refusal(429, "rate_limited"));
});
