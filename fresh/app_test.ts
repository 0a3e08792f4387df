import { deepStrictEqual, match, strictEqual, throws } from "node:assert/strict";
import { App, HttpError, page } from "fresh";
import { h } from "preact";
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
    ["/a", "/a{/:opt}?", {}],
    ["/q", "/:one", { one: "q" }],
    ["/q/r", "*", {}],
    ["/a/caf%C3%A9%2Fx", "/a/:id", { id: "café/x" }],
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

Deno.test("App.use() applies to what is added later, outer paths first", async () => {
  const trail: string[] = [];
  const note = (name: string) => (ctx: { next: () => Promise<Response> }) => {
    trail.push(name);
    return ctx.next();
  };
  const handler = new App()
    .use("/in", note("inner"))
    .use(note("outer"))
    .get("/in/a", note("own"), (ctx) => ctx.text("a"))
    .get("/other", (ctx) => ctx.text("other"))
    .use(note("late"))
    .handler();
  await (await handler(at("/in/a"))).text();
  deepStrictEqual(trail.splice(0), ["outer", "inner", "own"]);
  await (await handler(at("/other"))).text();
  deepStrictEqual(trail.splice(0), ["outer"]);
});

Deno.test("App.use() loads a lazy middleware once", async () => {
  let loads = 0;
  const handler = new App()
    .use(() => {
      loads++;
      return Promise.resolve((ctx: { next: () => Promise<Response> }) => ctx.next());
    })
    .get("/", (ctx) => ctx.text("ok"))
    .handler();
  for (let i = 0; i < 3; i++) strictEqual(await (await handler(at("/"))).text(), "ok");
  strictEqual(loads, 1);
});

Deno.test("App.onError() and notFound() catch below their path", async () => {
  const handler = new App()
    .notFound((ctx) => ctx.text(`none: ${ctx.error instanceof HttpError}`, { status: 404 }))
    .onError("*", (ctx) => ctx.text("outer", { status: 500 }))
    .onError("/in", (ctx) => ctx.text("inner", { status: 500 }))
    .get("/throw", () => {
      throw new Error("secret");
    })
    .get("/in/throw", () => {
      throw new HttpError(503, "busy");
    })
    .get("/in/none", () => {
      throw new HttpError(404);
    })
    .handler();
  await quietly(async () => {
    strictEqual(await (await handler(at("/throw"))).text(), "outer");
    strictEqual(await (await handler(at("/in/throw"))).text(), "inner");
    strictEqual(await (await handler(at("/in/none"))).text(), "none: true");
    strictEqual(await (await handler(at("/nowhere"))).text(), "none: true");
  });
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

Deno.test("an error page has the wrappers that its failed page had left out", async () => {
  const handler = new App()
    .appWrapper(({ Component }) => h("html", null, h("body", { class: "app" }, h(Component, null))))
    .onError("*", { component: () => "failed" })
    .route("/", {
      config: { skipAppWrapper: true },
      component: () => {
        throw new Error("secret");
      },
    })
    .handler();
  await quietly(async () => {
    match(await (await handler(at("/"))).text(), /<body class="app">failed<\/body>/);
  });
});

Deno.test("App.mountApp() puts another app below a path", async () => {
  const inner = new App()
    .use((ctx) => ctx.next())
    .get("/", (ctx) => ctx.text("inner root"))
    .get("/:id", (ctx) => ctx.text(`inner ${ctx.params.id}`));
  const handler = new App().mountApp("/in", inner).get("/", (ctx) => ctx.text("root")).handler();
  strictEqual(await (await handler(at("/in"))).text(), "inner root");
  strictEqual(await (await handler(at("/in/7"))).text(), "inner 7");
  strictEqual(await (await handler(at("/"))).text(), "root");
});

Deno.test("App.route() draws data with status and headers of page()", async () => {
  const handler = new App().route("/", {
    handler: { POST: () => page("made", { status: 201, headers: { "x-made": "1" } }) },
    component: (props) => String(props.data),
  }).handler();
  const response = await handler(at("/", { method: "POST" }));
  deepStrictEqual([response.status, response.headers.get("x-made")], [201, "1"]);
  match(await response.text(), /^<!DOCTYPE html><html><head>.*<body>made<\/body><\/html>$/);
});

Deno.test("App refuses what is not implemented", () => {
  throws(() => new App({ basePath: "/x" }), /basePath is not implemented: "\/x"/);
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

Deno.test("Context.stream() encodes text as it comes", async () => {
  const handler = new App().get("/", (ctx) =>
    ctx.stream(function* () {
      yield "é";
      yield "x";
    })).handler();
  strictEqual(await (await handler(at("/"))).text(), "éx");
});

Deno.test("Context.upgrade() upgrades in both modes and refuses plain requests", async () => {
  const app = new App()
    .ws("/managed", { message: (socket, event) => socket.send(`m ${event.data}`) })
    .get("/bare", (ctx) => {
      const { socket, response } = ctx.upgrade({ idleTimeout: 60 });
      socket.onmessage = (event) => socket.send(`b ${event.data}`);
      return response;
    });
  const handler = app.handler();
  const plain = await handler(at("/managed"));
  deepStrictEqual([plain.status, await plain.text()], [
    400,
    "Expected a WebSocket upgrade request",
  ]);
  const server = Deno.serve({ port: 0, onListen: () => {} }, handler);
  for (const [path, answer] of [["managed", "m hi"], ["bare", "b hi"]]) {
    const socket = new WebSocket(`ws://localhost:${server.addr.port}/${path}`);
    socket.onopen = () => socket.send("hi");
    const event = await new Promise<MessageEvent>((resolve) => socket.onmessage = resolve);
    strictEqual(event.data, answer);
    const closed = new Promise((resolve) => socket.onclose = resolve);
    socket.close();
    await closed;
  }
  await server.shutdown();
});

Deno.test("Context.render() refuses what is not JSX", async () => {
  const handler = new App().get("/", (ctx) => ctx.render("text" as never)).handler();
  await quietly(async () => strictEqual((await handler(at("/"))).status, 500));
});
