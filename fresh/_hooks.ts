import { options } from "preact";
import { visitElement } from "./_elements.ts";
import { visitComponent } from "./_islands.ts";
import { type RenderedVNode, renderState } from "./_render_state.ts";

/** Preact's hook before a vnode is drawn; Preact mangles `_diff` to this name. */
const hooks = options as { __b?: ((vnode: RenderedVNode) => void) | undefined };
const previousHook = hooks.__b;
hooks.__b = (vnode) => {
  const state = renderState();
  if (state !== null) {
    if (typeof vnode.type === "string") visitElement(state, vnode);
    else visitComponent(state, vnode);
  }
  previousHook?.(vnode);
};
