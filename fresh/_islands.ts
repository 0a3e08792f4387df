import { Fragment, h, type JSX } from "preact";
import type { Island } from "./_build.ts";
import { comment, type RenderedVNode, type RenderState, renderState } from "./_render_state.ts";

function IslandBoundary(
  { island, props }: { island: Island; props: Record<string, unknown> },
): JSX.Element {
  const state = renderState();
  if (state === null) throw new Error("Cannot render an island as no render is under way");
  if (!state.islands.includes(island)) state.islands.push(island);
  const index = state.uses.push({ island, props }) - 1;
  const id = `fresh:island:${state.islands.indexOf(island)}:${index}`;
  return h(Fragment, null, comment(id), h(island.fn, props), comment("/fresh:island"));
}

/** Puts markers around a component that is an island, unless another island draws it. */
export function visitComponent(state: RenderState, vnode: RenderedVNode): void {
  const island = state.build?.islands.get(vnode.type);
  if (island === undefined || isInsideIsland(vnode)) return;
  const { props } = vnode;
  vnode.type = IslandBoundary;
  vnode.props = { island, props };
}

/** True when the vnode is drawn by an island, so that the browser will draw it anew. */
function isInsideIsland(vnode: RenderedVNode): boolean {
  for (let at = vnode.__; at !== undefined && at !== null; at = at.__) {
    if (at.type === IslandBoundary) return true;
  }
  return false;
}
