import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { keptLog, TestClock } from "../../testing/control_rig.ts";
import { Operators } from "./operators.ts";
import { hashPassphrase, verifyPassphrase } from "./passphrase.ts";
import { safeNext, showLogin, submitLogin, submitLogout } from "./sign_in.ts";
import { ApiError } from "../../kit/http/mod.ts";
import { isOpenAddress } from "./loopback.ts";

const PASSPHRASE = "correct horse battery staple";
const HASH = await hashPassphrase(PASSPHRASE);

function from(hostname: string): Deno.ServeHandlerInfo {
  return {
    remoteAddr: { transport: "tcp", hostname, port: 50_000 },
    completed: Promise.resolve(),
  };
}

const LOCAL = from("127.0.0.1");

function operators(options: { hash?: string; trusted?: readonly string[] } = {}) {
  const clock = new TestClock();
  const { log, lines } = keptLog();
  const made = new Operators({
    passphraseHash: options.hash ?? HASH,
    trustedProxies: options.trusted ?? [],
    log,
    nowMs: () => clock.nowMs(),
  });
  return { made, clock, lines };
}

function ask(headers: Record<string, string> = {}, url = "http://localhost:8000/"): Request {
  return new Request(url, { headers: { host: new URL(url).host, ...headers } });
}

function form(fields: Record<string, string>, headers: Record<string, string> = {}): Request {
  return new Request("http://localhost:8000/login", {
    method: "POST",
    headers: { host: "localhost:8000", origin: "http://localhost:8000", ...headers },
    body: new URLSearchParams(fields),
  });
}

function cookieOf(headers: Headers): string {
  return (headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}

Deno.test("verifyPassphrase() accepts the passphrase that was hashed, however it is composed", async () => {
  match(HASH, /^scrypt:32768:8:1:[\w-]{22}:[\w-]{43}$/);
  ok(await verifyPassphrase(PASSPHRASE, HASH));
  ok(!await verifyPassphrase(`${PASSPHRASE} `, HASH));
  ok(!await verifyPassphrase("", HASH));
  ok(!await verifyPassphrase("x".repeat(1_025), await hashPassphrase("x".repeat(1_025))));
  ok(await verifyPassphrase("cafe\u0301 au lait!", await hashPassphrase("caf\u00e9 au lait!")));
  ok(HASH !== await hashPassphrase(PASSPHRASE));
  for (const bad of ["", "scrypt", "plain:x", HASH.replace("32768", "2"), HASH.slice(0, -4)]) {
    ok(!await verifyPassphrase(PASSPHRASE, bad), bad);
  }
});

Deno.test("Operators without a passphrase are the people at this machine, by socket, name and no proxy", () => {
  const { made } = operators({ hash: "" });
  const cases: readonly [string, string, Record<string, string>, boolean][] = [
    ["127.0.0.1", "http://localhost:8000/", {}, true],
    ["127.0.0.1", "http://127.0.0.1:8000/", {}, true],
    ["127.3.2.1", "http://127.0.0.1:8000/", {}, true],
    ["::1", "http://[::1]:8000/", {}, true],
    ["::ffff:127.0.0.1", "http://LOCALHOST:8000/", {}, true],
    ["192.168.1.20", "http://localhost:8000/", {}, false],
    ["::ffff:10.0.0.1", "http://127.0.0.1:8000/", {}, false],
    ["127.0.0.1", "http://rebound.example:8000/", {}, false],
    ["127.0.0.1", "http://localhost.example:8000/", {}, false],
    ["127.0.0.1", "http://127.0.0.1.example:8000/", {}, false],
    ["127.0.0.1", "http://localhost:8000/", { "x-forwarded-for": "10.1.1.1" }, false],
    ["127.0.0.1", "http://localhost:8000/", { forwarded: "for=10.1.1.1" }, false],
    ["", "http://localhost:8000/", {}, false],
  ];
  for (const [peer, url, headers, isOperator] of cases) {
    strictEqual(
      made.identify(ask(headers, url), from(peer)) !== null,
      isOperator,
      `${peer} ${url}`,
    );
  }
});

Deno.test("Operators with a passphrase sign in, also at this machine, and are out after 12 h", async () => {
  const { made, clock } = operators();
  strictEqual(made.identify(ask(), LOCAL), null);
  const answer = await submitLogin(made, form({ passphrase: PASSPHRASE, next: "/?a=1" }), LOCAL);
  ok(answer instanceof Response);
  deepStrictEqual([answer.status, answer.headers.get("location")], [303, "/?a=1"]);
  const set = answer.headers.get("set-cookie") ?? "";
  match(set, /^lotus_operator=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/; Max-Age=43200$/);
  const cookie = cookieOf(answer.headers);
  const operator = made.identify(ask({ cookie: `a=b; ${cookie}` }), from("192.168.1.20"));
  ok(operator !== null);
  ok(!cookie.includes(operator.csrfToken));
  strictEqual(made.identify(ask({ cookie: `${cookie}x` }), LOCAL), null);
  strictEqual(made.identify(ask({ cookie: "lotus_operator=" }), LOCAL), null);
  clock.advance(12 * 3_600_000 - 1);
  ok(made.identify(ask({ cookie }), LOCAL) !== null);
  clock.advance(1);
  strictEqual(made.identify(ask({ cookie }), LOCAL), null);
});

Deno.test("Operators.signOut() ends the session on the server", async () => {
  const { made } = operators();
  const answer = await submitLogin(made, form({ passphrase: PASSPHRASE }), LOCAL);
  ok(answer instanceof Response);
  const cookie = cookieOf(answer.headers);
  strictEqual(showLogin(made, ask({ cookie }), LOCAL).view.kind, "in");
  const out = submitLogout(made, form({}, { cookie }), LOCAL);
  match(out.headers.get("set-cookie") ?? "", /^lotus_operator=; .*Max-Age=0$/);
  strictEqual(made.identify(ask({ cookie }), LOCAL), null);
});

Deno.test("Operators mark the cookie Secure over https, also behind a trusted proxy", async () => {
  const { made } = operators({ trusted: ["10.0.0.9"] });
  const proxied = (peer: string) =>
    submitLogin(
      made,
      form({ passphrase: PASSPHRASE }, { "x-forwarded-proto": "https" }),
      from(peer),
    );
  const trusted = await proxied("10.0.0.9");
  const other = await proxied("10.0.0.8");
  ok(trusted instanceof Response && other instanceof Response);
  match(trusted.headers.get("set-cookie") ?? "", /; Secure$/);
  ok(!other.headers.get("set-cookie")?.includes("Secure"));
});

Deno.test("Operators take five tries a minute from a client, the right one included", async () => {
  const { made, clock, lines } = operators();
  const attempt = async (passphrase: string, peer = "10.0.0.1") => {
    const answer = await submitLogin(made, form({ passphrase }), from(peer));
    return answer instanceof Response ? answer.status : answer;
  };
  // Too long to be anybody's: a wrong one that no hash is made of, which takes a tenth of a second.
  const wrong = "wrong horse ".repeat(90);
  for (let i = 0; i < 5; i++) {
    const answer = await attempt(wrong);
    deepStrictEqual(answer, {
      view: { kind: "form", wrong: true, next: "/" },
      status: 403,
      headers: { "cache-control": "no-store" },
    });
    clock.advance(1_000);
  }
  const limited = await attempt(PASSPHRASE);
  ok(typeof limited === "object");
  deepStrictEqual([limited.status, limited.headers["retry-after"]], [429, "55"]);
  strictEqual(await attempt(PASSPHRASE, "10.0.0.2"), 303);
  clock.advance(55_000);
  strictEqual(await attempt(PASSPHRASE), 303);
  ok(lines.every((line) => !line.includes(PASSPHRASE) && !line.includes("wrong horse")));
  const told = lines.map((line) => JSON.parse(line)).filter(({ event }) => event === "sign_in");
  deepStrictEqual(told.map(({ result, address }) => [result, address]), [
    ["wrong", "10.0.0.1"],
    ["limited", "10.0.0.1"],
    ["ok", "10.0.0.2"],
    ["ok", "10.0.0.1"],
  ]);
  clock.advance(60_000);
  await attempt(wrong);
  const last = JSON.parse(lines.at(-1) ?? "");
  deepStrictEqual([last.result, last.suppressed], ["wrong", 4], "those that left no line");
});

Deno.test("submitLogin() refuses oversize and other forms", async () => {
  const { made } = operators();
  const status = async (request: Request) => {
    try {
      return (await submitLogin(made, request, LOCAL)).status;
    } catch (error) {
      ok(error instanceof ApiError);
      return error.status;
    }
  };
  strictEqual(await status(form({ passphrase: "x".repeat(9_000) })), 413);
  const json = new Request("http://localhost:8000/login", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
  strictEqual(await status(json), 415);
});

Deno.test("safeNext() keeps to paths of this server", () => {
  for (const next of ["/", "/login?x=1", "/a/b#c"]) strictEqual(safeNext(next), next);
  const foreign = [
    null,
    "",
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/a\\b",
    "/\t/evil.example",
    "javascript:alert(1)",
    "/a\r\nset-cookie: x=y",
  ];
  for (const next of foreign) strictEqual(safeNext(next), "/", String(next));
});

Deno.test("isOpenAddress() is true where strangers come and nobody signs in", () => {
  const open = ["0.0.0.0", "::", "192.168.1.4", "desk.example"];
  for (const host of open) ok(isOpenAddress(host, ""), host);
  for (const host of open) ok(!isOpenAddress(host, "scrypt:…"), host);
  for (const host of ["127.0.0.1", "127.9.9.9", "::1", "localhost"]) ok(!isOpenAddress(host, ""));
});
