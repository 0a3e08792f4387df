import { doesNotMatch, match, strictEqual } from "node:assert/strict";
import { App, HttpError, type Middleware, page, type PageProps, trailingSlashes } from "fresh";
import { Head } from "fresh/runtime";
import { applyBuild } from "./app.ts";
import { quietly } from "./testdata/app.ts";

/** A route file by what it exports. */
type Exports = Readonly<Record<string, unknown>>;

/** One behaviour of Fresh 2, and an app that shows it. */
interface Case {
  readonly fact: string;
  readonly routes: Readonly<Record<string, Exports>>;
  readonly use?: readonly Middleware<unknown>[];
  /** Requests with what answers them. */
  readonly asked: readonly Asked[];
}

interface Asked {
  readonly path: string;
  readonly method?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: RegExp;
  readonly absent?: RegExp;
}

function handlerOf({ routes, use = [] }: Case) {
  const app = new App<unknown>();
  for (const fn of use) app.use(fn);
  app.fsRoutes();
  applyBuild(app, {
    mode: "production",
    buildId: "b",
    routes: Object.entries(routes).map(([id, exports]) => ({ id, exports })),
    islands: new Map(),
    clientUrl: "",
    clientNeeds: [],
    liveReload: false,
    readFile: () => Promise.resolve(null),
  });
  return app.handler();
}

interface Asking {
  readonly params: Readonly<Record<string, string>>;
}

const says = (text: string): Exports => ({ handler: () => new Response(text) });
const throws = (error: unknown): Exports => ({
  handler: () => {
    throw error;
  },
});
const draws = (text: string, more: Exports = {}): Exports => ({
  default: () => <p>{text}</p>,
  ...more,
});
const wraps = (name: string, config: Exports = {}): Exports => ({
  default: ({ Component }: PageProps) => (
    <div class={name}>
      <Component />
    </div>
  ),
  config,
});

/** Writes down whether the routes below gave an answer or threw. */
const witness: Middleware<unknown> = async (ctx) => {
  try {
    const response = await ctx.next();
    response.headers.set("x-saw", `answer ${response.status}`);
    return response;
  } catch (thrown) {
    const same = ctx.error === thrown ? "ctx.error" : "nothing";
    return new Response("caught", { headers: { "x-saw": `throw, ${same}` } });
  }
};

const app: Exports = {
  default: ({ Component }: PageProps) => (
    <html lang="en">
      <head>
        <title>App</title>
        <meta name="description" content="app" />
        <link rel="icon" href="/icon.svg" />
        <link rel="stylesheet" href="/first.css" />
        <link rel="stylesheet" href="/second.css" />
      </head>
      <body>
        <Component />
      </body>
    </html>
  ),
};

const ROUTING: readonly Case[] = [
  {
    fact: "a static path answers with and without a slash at its end, a dynamic one as written",
    routes: { "a/b": says("static"), "d/[id]": says("dynamic"), index: says("root") },
    asked: [
      { path: "/a/b", body: /^static$/ },
      { path: "/a/b/", body: /^static$/ },
      { path: "/a/b//", body: /^static$/ },
      { path: "//a/b", body: /^static$/ },
      { path: "/d/1", body: /^dynamic$/ },
      { path: "/d/1/", status: 404 },
      { path: "/A/b", status: 404 },
      { path: "/", body: /^root$/ },
    ],
  },
  {
    fact: "parameters are decoded but for what has a meaning in URLs; absent ones are empty",
    routes: {
      "d/[id]": { handler: ({ params }: Asking) => Response.json(params) },
      "e/[[id]]": { handler: ({ params }: Asking) => Response.json(params) },
      "f/[...path]": { handler: ({ params }: Asking) => Response.json(params) },
    },
    asked: [
      { path: "/d/%C3%A9%20x", body: /^\{"id":"é x"\}$/ },
      { path: "/d/a%3Ab%2Fc", body: /^\{"id":"a%3Ab%2Fc"\}$/ },
      { path: "/e", body: /^\{"id":""\}$/ },
      { path: "/f", body: /^\{"path":""\}$/ },
      { path: "/f/a/b", body: /^\{"path":"a\/b"\}$/ },
      { path: "/f/", status: 404 },
    ],
  },
  {
    fact: "static parts win over dynamic ones, these over optional ones and catch-alls",
    routes: {
      "x/[...rest]": says("rest"),
      "x/[[opt]]": says("optional"),
      "x/[id]": says("dynamic"),
      "x/y": says("static"),
    },
    asked: [
      { path: "/x/y", body: /static/ },
      { path: "/x/z", body: /dynamic/ },
      { path: "/x", body: /optional/ },
      { path: "/x/1/2", body: /rest/ },
    ],
  },
  {
    fact: "files of two groups that claim one URL share it, the first having each method",
    routes: {
      "(a)/x": { handler: { GET: () => new Response("get a") } },
      "(b)/x": {
        handler: { GET: () => new Response("get b"), POST: () => new Response("post b") },
      },
    },
    asked: [
      { path: "/x", body: /^get a$/ },
      { path: "/x", method: "POST", body: /^post b$/ },
    ],
  },
  {
    fact: "handlers goes before handler, and HEAD is answered by GET without a body",
    routes: {
      x: { handler: () => new Response("handler"), handlers: { GET: () => new Response("list") } },
    },
    asked: [
      { path: "/x", body: /^list$/ },
      { path: "/x", method: "HEAD", status: 200, body: /^$/ },
      { path: "/x", method: "OPTIONS", status: 204, headers: { allow: "GET, HEAD, OPTIONS" } },
    ],
  },
  {
    fact: "trailingSlashes() redirects every path but the root, and the target answers",
    use: [trailingSlashes("always")],
    routes: { x: says("x"), index: says("root") },
    asked: [
      { path: "/x?a=1", status: 302, headers: { location: "/x/?a=1" } },
      { path: "/x/", body: /^x$/ },
      { path: "/x.css", status: 302, headers: { location: "/x.css/" } },
      { path: "/", body: /^root$/ },
    ],
  },
  {
    fact: "trailingSlashes() takes slashes away as well",
    use: [trailingSlashes("never")],
    routes: { x: says("x") },
    asked: [
      { path: "/x/?a=1", status: 302, headers: { location: "/x?a=1" } },
      { path: "/x", body: /^x$/ },
    ],
  },
  {
    fact: "middlewares run from the root inwards, and only over their own folder",
    routes: {
      _middleware: { default: [mark("root"), mark("root too")] },
      "in/_middleware": { handler: mark("in") },
      "in/x": { handler: trail },
      "other/x": { handler: trail },
    },
    asked: [
      { path: "/in/x", body: /^root, root too, in$/ },
      { path: "/other/x", body: /^root, root too$/ },
    ],
  },
];

function mark(name: string): Middleware<unknown> {
  return (ctx) => {
    const state = ctx.state as { trail?: string[] };
    state.trail = [...state.trail ?? [], name];
    return ctx.next();
  };
}

function trail(ctx: { state: { trail: string[] } }): Response {
  return new Response(ctx.state.trail.join(", "));
}

const ERRORS: readonly Case[] = [
  {
    fact: "a _404 sends the status that it says itself, and without a word 200",
    routes: { _404: draws("missing") },
    asked: [{ path: "/none", status: 200, body: /missing/ }],
  },
  {
    fact: "a _404 may answer programs in place of drawing a page",
    routes: {
      _404: draws("missing", {
        handler: ({ req }: { req: Request }) =>
          req.method === "GET"
            ? page(undefined, { status: 404 })
            : Response.json({ error: "none" }, { status: 404 }),
      }),
    },
    asked: [
      { path: "/none", status: 404, body: /<p>missing<\/p>/ },
      { path: "/none", method: "PUT", status: 404, body: /^\{"error":"none"\}$/ },
    ],
  },
  {
    fact: "a 404 thrown in a folder is drawn before the root's middlewares see it",
    use: [witness],
    routes: {
      _404: draws("missing"),
      "in/x": throws(new HttpError(404)),
      top: throws(new HttpError(404)),
    },
    asked: [
      { path: "/in/x", headers: { "x-saw": "answer 200" }, body: /missing/ },
      { path: "/top", headers: { "x-saw": "throw, ctx.error" } },
      // Nothing ran that could have failed: the error is set when it passes the first middleware.
      { path: "/none", headers: { "x-saw": "throw, nothing" } },
    ],
  },
  {
    fact: "the nearest _error draws, with the error's status unless it says another",
    routes: {
      _error: draws("outer"),
      "in/_error": draws("inner", { handler: () => page(undefined, { status: 418 }) }),
      "in/x": throws(new Error("secret")),
      x: throws(new HttpError(503, "busy")),
      y: throws(new Error("secret")),
    },
    asked: [
      { path: "/in/x", status: 418, body: /inner/, absent: /secret/ },
      { path: "/x", status: 503, body: /outer/ },
      { path: "/y", status: 500, body: /outer/ },
    ],
  },
  {
    fact: "an error page is given what was thrown, in the wrappers of its own level",
    routes: {
      _app: wraps("app"),
      _layout: wraps("outer"),
      _error: { default: ({ error }: PageProps) => <p>{(error as Error).message}</p> },
      "in/_layout": wraps("inner", { skipInheritedLayouts: true }),
      "in/x": {
        config: { skipAppWrapper: true },
        default: () => {
          throw new Error("told");
        },
      },
    },
    asked: [{
      path: "/in/x",
      status: 500,
      body: /<div class="app"><div class="outer"><p>told/,
      absent: /inner/,
    }],
  },
  {
    fact: "without error pages a thrown status is told with its message, an error with none",
    routes: { x: throws(new HttpError(403, "Not for you")), y: throws(new Error("secret")) },
    asked: [
      { path: "/x", status: 403, body: /^Not for you$/ },
      { path: "/y", status: 500, body: /^Internal server error$/ },
      { path: "/none", status: 404, body: /^Not Found$/ },
    ],
  },
];

const PAGES: readonly Case[] = [
  {
    fact: "links in a Head without keys that differ in href alone are one, the last",
    routes: {
      x: {
        default: () => (
          <Head>
            <link rel="stylesheet" href="/a.css" />
            <link rel="stylesheet" href="/b.css" />
            <link rel="stylesheet" media="print" href="/c.css" />
          </Head>
        ),
      },
    },
    asked: [{ path: "/x", body: /b\.css.*c\.css/, absent: /a\.css/ }],
  },
  {
    fact: "links in a Head with keys stand side by side, and after what _app wrote",
    routes: {
      _app: app,
      x: {
        default: () => (
          <Head>
            <link key="a" rel="stylesheet" href="/a.css" />
            <link key="b" rel="stylesheet" href="/b.css" />
          </Head>
        ),
      },
    },
    asked: [{
      path: "/x",
      body: /icon\.svg.*first\.css.*second\.css.*a\.css.*b\.css.*<\/head>/,
    }],
  },
  {
    fact: "elements of a Head take the place of those that _app wrote without a key",
    routes: {
      _app: app,
      x: {
        default: () => (
          <main>
            <Head>
              <title>Page</title>
              <meta name="description" content="page" />
              <meta name="robots" content="none" />
              <link rel="stylesheet" href="/own.css" />
            </Head>
            body
          </main>
        ),
      },
    },
    asked: [{
      path: "/x",
      body:
        /<head><title>Page<\/title><meta name="description" content="page"\/>.*own\.css.*second\.css.*robots.*<\/head><body><main>body/,
      absent: /App|content="app"|first\.css/,
    }],
  },
  {
    fact: "a Head may stand anywhere, also in layouts and below other components",
    routes: {
      _layout: {
        default: ({ Component }: PageProps) => (
          <>
            <Head>
              <title>Layout</title>
            </Head>
            <Component />
          </>
        ),
      },
      x: draws("x"),
      y: { default: () => <Titled text="Page" /> },
    },
    asked: [
      { path: "/x", body: /<head><meta charset="utf-8"><title>Layout<\/title><\/head>/ },
      { path: "/y", body: /<title>Page<\/title>/, absent: /Layout/ },
    ],
  },
  {
    fact: "a link tells that it leads to the page, or to one above it",
    routes: { "a/b": { default: Links } },
    asked: ["/a/b", "/a/b/"].map((path) => ({
      path,
      body:
        /<a href="\/a\/b"[^>]* aria-current="page"[^>]*>1<.*<a href="\/a\/b\/\?q=1#h"[^>]* aria-current="page"[^>]*>2<.*<a href="\/a"[^>]* aria-current="true"[^>]*>3<.*<a href="\/"[^>]* aria-current="true"[^>]*>4<.*<a href="\/a\/bc">5<.*<a href="b">6</,
    })),
  },
  {
    fact: "layouts nest, and a page or a layout may leave out those above",
    routes: {
      _app: wraps("app"),
      _layout: wraps("outer"),
      "in/_layout": wraps("inner"),
      "in/x": draws("x"),
      "in/bare": draws("bare", { config: { skipInheritedLayouts: true } }),
      "in/alone": draws("alone", {
        config: { skipInheritedLayouts: true, skipAppWrapper: true },
      }),
    },
    asked: [
      { path: "/in/x", body: /"app"><div class="outer"><div class="inner"><p>x/ },
      { path: "/in/bare", body: /"app"><p>bare/ },
      { path: "/in/alone", body: /<body><p>alone/ },
    ],
  },
  {
    fact: "a handler gives data, status and headers to its page",
    routes: {
      x: {
        handler: { POST: () => page("made", { status: 201, headers: { "x-made": "1" } }) },
        default: ({ data }: PageProps) => <p>{String(data)}</p>,
      },
    },
    asked: [
      { path: "/x", method: "POST", status: 201, headers: { "x-made": "1" }, body: /<p>made/ },
      { path: "/x", status: 200, body: /<p>undefined/ },
    ],
  },
  {
    fact: "an async page may answer with a response",
    routes: {
      x: {
        default: async ({ url }: PageProps) => {
          const isPage = await Promise.resolve(url.search === "");
          return isPage ? <p>page</p> : new Response("answer", { status: 409 });
        },
      },
    },
    asked: [
      { path: "/x", body: /<p>page/ },
      { path: "/x?a", status: 409, body: /^answer$/ },
    ],
  },
];

function Titled({ text }: { text: string }) {
  return (
    <Head>
      <title>{text}</title>
    </Head>
  );
}

function Links() {
  return (
    <nav>
      <a href="/a/b">1</a>
      <a href="/a/b/?q=1#h">2</a>
      <a href="/a">3</a>
      <a href="/">4</a>
      <a href="/a/bc">5</a>
      <a href="b">6</a>
    </nav>
  );
}

for (const each of [...ROUTING, ...ERRORS, ...PAGES]) {
  Deno.test(`as in Fresh, ${each.fact}`, async () => {
    const handler = handlerOf(each);
    await quietly(async () => {
      for (const { path, method = "GET", status = 200, headers = {}, body, absent } of each.asked) {
        const response = await handler(new Request(`http://localhost${path}`, { method }));
        const text = await response.text();
        strictEqual(response.status, status, `${method} ${path}: ${text}`);
        for (const [name, value] of Object.entries(headers)) {
          strictEqual(response.headers.get(name), value, `${path}: ${name}`);
        }
        if (body !== undefined) match(text, body);
        if (absent !== undefined) doesNotMatch(text, absent);
      }
    });
  });
}
