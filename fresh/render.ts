import { type ComponentType, Fragment, h, type JSX } from "preact";
import { renderToString } from "preact-render-to-string";
import { fillHead } from "./_head.ts";
import "./_hooks.ts";
import { stringifyProps } from "./_props.ts";
import { placeholder, type RenderState, setRenderState } from "./_render_state.ts";
import { type Context, internalsOf, type PageProps, type RouteComponent } from "./context.ts";

const nonces = new WeakMap<Response, string>();

/** The nonce that the scripts and styles of a rendered response carry, for `csp()`. */
export function nonceOf(response: Response): string | undefined {
  return nonces.get(response);
}

/** Calls an async component, or returns the vnode of any other. */
export async function renderComponent<State>(
  ctx: Context<State>,
  component: RouteComponent<State>,
  Component: () => JSX.Element | null,
  data: unknown,
): Promise<JSX.Element | Response | null> {
  const { error, info, params, req, route, state, url } = ctx;
  const props: PageProps<unknown, State> = {
    Component: Component as () => JSX.Element,
    data,
    error,
    info,
    params,
    req,
    route,
    state,
    url,
  };
  if (component.constructor.name === "AsyncFunction") {
    return await (component as AsyncRender<State>)(props);
  }
  return h(component as ComponentType<PageProps<unknown, State>>, props);
}

type AsyncRender<State> = (
  props: PageProps<unknown, State>,
) => Promise<JSX.Element | Response | null>;

/** Wraps a page in its layouts and the app, and returns the HTML document as a response. */
export async function renderDocument<State>(
  ctx: Context<State>,
  page: JSX.Element | null,
  init: ResponseInit,
): Promise<Response> {
  const { app, layouts, build } = internalsOf(ctx);
  const wrappers = [...layouts].reverse();
  if (app !== null) wrappers.push(app);
  let vnode = page;
  for (const wrapper of wrappers) {
    const child = vnode;
    const wrapped = await renderComponent(ctx, wrapper, () => child, undefined);
    if (wrapped instanceof Response) return wrapped;
    vnode = wrapped;
  }
  const state: RenderState = {
    build,
    nonce: crypto.randomUUID().replaceAll("-", ""),
    pathname: ctx.url.pathname,
    headItems: [],
    headParts: new Map(),
    islands: [],
    uses: [],
    hasHead: false,
    hasBody: false,
    hasHtml: false,
  };
  const html = renderHtml(vnode, state);
  const headers = new Headers(init.headers);
  headers.set("content-type", "text/html; charset=utf-8");
  const links = preloads(state);
  if (links !== "") headers.append("link", links);
  const response = new Response(html, { ...init, headers });
  nonces.set(response, state.nonce);
  return response;
}

function renderHtml(vnode: JSX.Element | null, state: RenderState): string {
  const before = setRenderState(state);
  try {
    let html = renderToString(vnode ?? h(Fragment, null));
    if (!state.hasBody) html = `<body>${html}${placeholder(state, "body")}</body>`;
    if (!state.hasHead) {
      const mark = `<head><meta charset="utf-8">${placeholder(state, "head")}</head>`;
      html = state.hasHtml ? html.replace(/<html[^>]*>/, (tag) => tag + mark) : mark + html;
    }
    if (!state.hasHtml) html = `<html>${html}</html>`;
    html = fillHead(state, html).replace(placeholder(state, "body"), () => bootScripts(state));
    return `<!DOCTYPE html>${html}`;
  } finally {
    setRenderState(before);
  }
}

/** Names all modules that the page runs, so that none waits for the one that imports it. */
function preloads({ islands, build }: RenderState): string {
  if (islands.length === 0 || build === null) return "";
  const modules = new Set([...build.clientNeeds, ...islands.flatMap(({ needs }) => needs)]);
  return [...modules].map((url) => `<${url}>; rel="modulepreload"; as="script"`).join(", ");
}

function bootScripts(state: RenderState): string {
  const { build, nonce, islands, uses } = state;
  let scripts = "";
  if (build !== null && uses.length > 0) {
    const data = stringifyProps(uses);
    const imports = islands.map((island, i) =>
      `import*as m${i} from${JSON.stringify(island.url)};`
    );
    const list = islands.map((island, i) => `m${i}[${JSON.stringify(island.exportName)}]`);
    scripts += `<script type="application/json" id="fresh-data" nonce="${nonce}">${data}</script>` +
      `<script type="module" nonce="${nonce}">import{boot}from${JSON.stringify(build.clientUrl)};` +
      `${imports.join("")}boot([${list.join(",")}],${JSON.stringify(build.buildId)})</script>`;
  }
  if (build?.liveReload) {
    scripts += `<script type="module" nonce="${nonce}">` +
      `let id;const go=()=>{const s=new EventSource("/_fresh/alive");` +
      `s.onmessage=(e)=>{if(id!==undefined&&id!==e.data)location.reload();id=e.data}};go()</script>`;
  }
  return scripts;
}
