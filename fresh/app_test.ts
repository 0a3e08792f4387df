import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { App, HttpError } from "fresh";
import { quietly } from "./testdata/app.ts";

const at = (path: string, init?: RequestInit) => new Request(`http://localhost${path}`, init);

Deno.test("App picks static over dynamic over optional over catch-all patterns", async () => {
  // Told in the worst order, so that only precedence can put it right.
  const patterns = [
    "*",
    "/a/:rest*",
    "/a{/:opt}?",
    "/a/:id",
    "/a/b",
    "/a/:id/c",
    "/a/b/c",
    "/:one",
  ];
  const app = new App();
  for (const pattern of patterns) app.get(pattern, (ctx) => ctx.json([pattern, ctx.params]));
  const handler = app.handler();
  const cases: [path: string, pattern: string, params: Record<string, string>][] = [
    ["/a/b", "/a/b", {}],
    ["/a/x", "/a/:id", { id: "x" }],
    ["/a/b/c", "/a/b/c", {}],
    ["/a/x/c", "/a/:id/c", { id: "x" }],
    ["/a/x/y/z", "/a/:rest*", { rest: "x/y/z" }],
    ["/a", "/a{/:opt}?", { opt: "" }],
    ["/q", "/:one", { one: "q" }],
    ["/q/r", "*", {}],
    ["/a/caf%C3%A9%2Fx", "/a/:id", { id: "café%2Fx" }],
    ["/a/%E0%A4%A", "/a/:id", { id: "%E0%A4%A" }],
    ["//a///b", "/a/b", {}],
  ];
  for (const [path, pattern, params] of cases) {
    deepStrictEqual(await (await handler(at(path))).json(), [pattern, params], path);
  }
});

Deno.test("App answers 405 with Allow, HEAD from GET and OPTIONS by itself", async () => {
  const handler = new App()
    .get("/x", (ctx) => ctx.text("got", { headers: { "x-own": "1" } }))
    .post("/x", (ctx) => ctx.text("posted"))
    .all("/any", (ctx) => ctx.text(ctx.req.method))
    .handler();
  const refused = await handler(at("/x", { method: "DELETE" }));
  strictEqual(refused.status, 405);
  strictEqual(refused.headers.get("allow"), "GET, HEAD, OPTIONS, POST");
  const head = await handler(at("/x", { method: "HEAD" }));
  deepStrictEqual([head.status, head.headers.get("x-own"), await head.text()], [200, "1", ""]);
  const options = await handler(at("/x", { method: "OPTIONS" }));
  deepStrictEqual([options.status, options.headers.get("allow")], [
    204,
    "GET, HEAD, OPTIONS, POST",
  ]);
  strictEqual(await (await handler(at("/any", { method: "PATCH" }))).text(), "PATCH");
  strictEqual((await handler(at("/y", { method: "DELETE" }))).status, 404);
});

Deno.test("App without error pages tells the status and never the error", async () => {
  const handler = new App()
    .get("/boom", () => {
      throw new Error("secret", { cause: new Error("deeper secret") });
    })
    .get("/told", () => {
      throw new HttpError(403, "Not for you");
    })
    .get("/wrong", () => "text" as unknown as Response)
    .handler();
  const logged = await quietly(async () => {
    for (const accept of ["text/html", "application/json", "*/*"]) {
      const response = await handler(at("/boom", { headers: { accept } }));
      deepStrictEqual([response.status, await response.text()], [500, "Internal server error"]);
    }
    strictEqual((await handler(at("/wrong"))).status, 500);
  });
  strictEqual(logged, 4);
  const told = await handler(at("/told"));
  deepStrictEqual([told.status, await told.text()], [403, "Not for you"]);
});

Deno.test("App.handler() refuses file routes without a build", () => {
  throws(() => new App().fsRoutes().handler(), /fsRoutes\(\) without a build/);
});

Deno.test("Context.redirect() never leaves this host by a path", async () => {
  const handler = new App().get("*", (ctx) => {
    return ctx.redirect(ctx.url.searchParams.get("to") ?? "/", 303);
  }).handler();
  const cases: [to: string, location: string][] = [
    ["/a?b=//c#d", "/a?b=//c#d"],
    ["//evil.test/x", "/evil.test/x"],
    ["/\\evil.test", "/evil.test"],
    ["\\\\evil.test", "/evil.test"],
    ["/\t/evil.test", "/evil.test"],
    ["\n//evil.test", "/evil.test"],
    ["https://ok.test/", "https://ok.test/"],
  ];
  for (const [to, location] of cases) {
    const response = await handler(at(`/?to=${encodeURIComponent(to)}`));
    deepStrictEqual([response.status, response.headers.get("location")], [303, location], to);
  }
});

Deno.test("Context.upgrade() upgrades and refuses plain requests", async () => {
  const app = new App()
    .get("/bare", (ctx) => {
      const { socket, response } = ctx.upgrade({ idleTimeout: 60 });
      socket.onmessage = (event) => socket.send(`b ${event.data}`);
      return response;
    });
  const handler = app.handler();
  const plain = await handler(at("/bare"));
  deepStrictEqual([plain.status, await plain.text()], [
    400,
    "Expected a WebSocket upgrade request",
  ]);
  const server = Deno.serve({ port: 0, onListen: () => {} }, handler);
  const socket = new WebSocket(`ws://localhost:${server.addr.port}/bare`);
  socket.onopen = () => socket.send("hi");
  const event = await new Promise<MessageEvent>((resolve) => socket.onmessage = resolve);
  strictEqual(event.data, "b hi");
  const closed = new Promise((resolve) => socket.onclose = resolve);
  socket.close();
  await closed;
  await server.shutdown();
});

Deno.test("Context.render() refuses what is not JSX", async () => {
  const handler = new App().get("/", (ctx) => ctx.render("text" as never)).handler();
  await quietly(async () => strictEqual((await handler(at("/"))).status, 500));
});
