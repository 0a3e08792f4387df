import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { FeedCommand } from "../../../modules/feed/contract.ts";
import { invalidBody, readJson, sameOrigin } from "./problem.ts";

function post(body: string, headers: Record<string, string> = {}): Request {
  return new Request("http://127.0.0.1:8000/v1/feed", {
    method: "POST",
    body,
    headers: { "content-type": "application/json", ...headers },
  });
}

Deno.test("readJson() answers 415, 400 and 413 with the field at fault", async () => {
  const cases: readonly [Request, number, string][] = [
    [post("{}", { "content-type": "text/plain" }), 415, "content-type"],
    [post("{nope"), 400, "body"],
    [post(JSON.stringify("x".repeat(20_000))), 413, "body"],
  ];
  for (const [request, status, field] of cases) {
    const answer = await readJson(request);
    ok(answer instanceof Response);
    strictEqual(answer.status, status);
    strictEqual((await answer.json()).error.field, field);
  }
  deepStrictEqual(await readJson(post('{"op":"pause"}')), { value: { op: "pause" } });
});

Deno.test("invalidBody() names the first bad field", async () => {
  const parsed = FeedCommand.safeParse({ op: "speed", speed: 5_000 });
  ok(!parsed.success);
  const answer = invalidBody(parsed.error);
  strictEqual(answer.status, 422);
  strictEqual((await answer.json()).error.field, "speed");
});

Deno.test("sameOrigin() accepts the own page and programs, and refuses other sites", () => {
  const host = { host: "127.0.0.1:8000" };
  const of = (origin?: string) =>
    sameOrigin(post("{}", origin === undefined ? host : { ...host, origin }));
  ok(of());
  ok(of("http://127.0.0.1:8000"));
  ok(!of("https://evil.example"));
  ok(!of("null"));
});
