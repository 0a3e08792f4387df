import {
  type ComponentChildren,
  type ComponentType,
  Fragment,
  h,
  isValidElement,
  type JSX,
  toChildArray,
} from "preact";
import { renderToString } from "preact-render-to-string";
import type { BuildSnapshot } from "./_build.ts";
import {
  placeholder,
  type RenderState,
  replaceIslandValue,
  setRenderState,
  undrawnSlots,
} from "./_islands.ts";
import { stringify } from "./_serialize.ts";
import { shared } from "./_shared.ts";
import type { Context, ContextInternals } from "./context.ts";
import type { LayoutConfig, PageProps, RouteComponent } from "./types.ts";

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
  const props: PageProps<unknown, State> = {
    Component: Component as () => JSX.Element,
    config: ctx.config,
    data,
    error: ctx.error,
    info: ctx.info,
    isPartial: ctx.isPartial,
    params: ctx.params,
    req: ctx.req,
    route: ctx.route,
    state: ctx.state,
    url: ctx.url,
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
  internals: ContextInternals<State>,
  page: JSX.Element | null,
  init: ResponseInit,
  config: LayoutConfig,
): Promise<Response> {
  const wrappers = config.skipInheritedLayouts ? [] : [...internals.layouts].reverse();
  if (!config.skipAppWrapper && internals.app !== null) wrappers.push(internals.app);
  let vnode = page;
  for (const wrapper of wrappers) {
    const child = vnode;
    const wrapped = await renderComponent(ctx, wrapper, () => child, undefined);
    if (wrapped instanceof Response) return wrapped;
    vnode = wrapped;
  }
  const nonce = crypto.randomUUID().replaceAll("-", "");
  const { html, links } = renderHtml(vnode, internals.build, nonce);
  const headers = new Headers(init.headers);
  headers.set("content-type", "text/html; charset=utf-8");
  if (links !== "") headers.append("link", links);
  const response = new Response(html, { ...init, headers });
  nonces.set(response, nonce);
  return response;
}

function renderHtml(
  vnode: JSX.Element | null,
  build: BuildSnapshot | null,
  nonce: string,
): { html: string; links: string } {
  const state: RenderState = {
    build,
    nonce,
    head: [],
    islands: [],
    instances: [],
    slots: [],
    hasHead: false,
    hasBody: false,
    hasHtml: false,
  };
  const stateBefore = setRenderState(state);
  const collectBefore = shared.collectHead;
  shared.collectHead = (children) => state.head.push(children);
  try {
    let html = renderToString(vnode ?? h(Fragment, null));
    let templates = "";
    // A slot may hold islands that do not draw their slots in turn.
    for (let left = undrawnSlots(state); left.length > 0; left = undrawnSlots(state)) {
      templates += renderToString(h(Fragment, null, left));
    }
    const head = renderToString(h(Fragment, null, uniqueHead(state.head)));
    const body = templates + bootScripts(state);
    if (!state.hasBody) html = `<body>${html}${placeholder(state, "body")}</body>`;
    if (!state.hasHead) {
      const mark = `<head><meta charset="utf-8">${placeholder(state, "head")}</head>`;
      html = state.hasHtml ? html.replace(/<html[^>]*>/, (tag) => tag + mark) : mark + html;
    }
    if (!state.hasHtml) html = `<html>${html}</html>`;
    html = insertHead(html, placeholder(state, "head"), head);
    html = html.replace(placeholder(state, "body"), () => body);
    const modules = state.islands.length === 0 ? [] : [
      build?.clientUrl ?? "",
      ...new Set(state.islands.map((island) => island.url)),
    ];
    const links = modules.map((url) => `<${url}>; rel="modulepreload"; as="script"`).join(", ");
    return { html: `<!DOCTYPE html>${html}`, links };
  } finally {
    setRenderState(stateBefore);
    shared.collectHead = collectBefore;
  }
}

/** Keeps the last of each title, `key`, meta name or property. */
function uniqueHead(parts: readonly ComponentChildren[]): JSX.Element[] {
  const unique = new Map<unknown, JSX.Element>();
  for (const child of parts.flatMap((part) => toChildArray(part))) {
    if (!isValidElement(child)) continue;
    const props = child.props as Record<string, unknown>;
    const own = child.key ?? props.name ?? props.property;
    const id = child.type === "title" ? "title" : own ? `${String(child.type)} ${own}` : child;
    unique.delete(id);
    unique.set(id, child);
  }
  return [...unique.values()];
}

function insertHead(html: string, mark: string, head: string): string {
  const at = html.indexOf(mark);
  let before = html.slice(0, at);
  if (head.includes("<title")) before = before.replace(/<title[^>]*>[^<]*<\/title>/, "");
  return before + head + html.slice(at + mark.length);
}

function bootScripts(state: RenderState): string {
  const { build, nonce } = state;
  let scripts = "";
  if (build !== null && state.instances.length > 0) {
    const data = stringify(state.instances, replaceIslandValue);
    const imports = state.islands.map((island, i) =>
      `import*as m${i} from${JSON.stringify(island.url)};`
    );
    const list = state.islands.map((island, i) => `m${i}[${JSON.stringify(island.exportName)}]`);
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
