import { Fragment, h, type JSX } from "preact";
import { renderToString } from "preact-render-to-string";
import { markText, placeholder, type RenderedVNode, type RenderState } from "./_render_state.ts";
import { Head } from "./runtime.ts";

/** Elements of which a later one with the same key takes the place of an earlier one. */
const REPLACEABLE = new Set([
  "title",
  "meta",
  "link",
  "script",
  "style",
  "base",
  "noscript",
  "template",
]);

/** Properties that say nothing of which element it is. */
const NOT_IN_KEY: Readonly<Record<string, readonly string[]>> = {
  meta: ["children", "nonce", "ref", "content"],
  link: ["children", "nonce", "ref", "href"],
};

/**
 * Takes an element out of the flow when it belongs to the document head; it is written when all
 * of the page is known, as the page may replace what the document wrote.
 */
export function takeHeadElement(state: RenderState, vnode: RenderedVNode): void {
  if (!REPLACEABLE.has(String(vnode.type))) return;
  const place = placeOf(vnode);
  if (place === null) return;
  const copy = h(vnode.type as "meta", vnode.props);
  const key = keyOf(vnode);
  vnode.type = Fragment;
  if (place === "part") {
    state.headParts.set(key, copy);
    vnode.props = {};
  } else {
    const index = state.headItems.push({ key, vnode: copy }) - 1;
    vnode.props = { UNSTABLE_comment: markText(state, `head-${index}`) };
  }
}

/** Writes the elements of the head into the page. */
export function fillHead(state: RenderState, html: string): string {
  const write = (vnode: JSX.Element) => renderToString(vnode);
  const parts = new Map(state.headParts);
  const marks = new RegExp(placeholder(state, "head-(\\d+)"), "g");
  const filled = html.replace(marks, (_, index) => {
    const item = state.headItems[Number(index)];
    if (item === undefined) return "";
    const part = parts.get(item.key);
    parts.delete(item.key);
    return write(part ?? item.vnode);
  });
  const rest = [...parts.values()].map(write).join("");
  return filled.replace(placeholder(state, "head"), () => rest);
}

/** Whether an element stands in the document's `<head>`, or in a page's `<Head>`. */
function placeOf(vnode: RenderedVNode): "part" | "document" | null {
  for (let at = vnode.__; at !== undefined && at !== null; at = at.__) {
    if (at.type === Head) return "part";
    if (at.type === "head") return "document";
  }
  return null;
}

function keyOf({ type, key, props }: RenderedVNode): string {
  if (key !== undefined && key !== null) return String(key);
  if (type === "title") return "title";
  const left = NOT_IN_KEY[String(type)] ?? ["children", "nonce", "ref"];
  const named = Object.keys(props).filter((name) => !left.includes(name)).sort();
  const values = named.map((name) => {
    const value = props[name];
    if (name !== "dangerouslySetInnerHTML") return String(value);
    return String(Reflect.get(value as object, "__html"));
  });
  return [type, ...values].join("::");
}
