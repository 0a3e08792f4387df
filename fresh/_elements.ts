import type { ComponentChildren } from "preact";
import { takeHeadElement } from "./_head.ts";
import { markLink } from "./_links.ts";
import { comment, markText, type RenderedVNode, type RenderState } from "./_render_state.ts";

/**
 * Prepares an element for the document: nonces, links, places for late content.
 *
 * @throws {TypeError} For attributes of partials, which are not implemented.
 */
export function visitElement(state: RenderState, vnode: RenderedVNode): void {
  const props = vnode.props;
  for (const name of ["f-client-nav", "f-partial", "f-view-transition"]) {
    if (name in props) {
      throw new TypeError(
        `Cannot render <${vnode.type}> as partials are not implemented: "${name}"`,
      );
    }
  }
  switch (vnode.type) {
    case "html":
      state.hasHtml = true;
      break;
    case "head":
    case "body": {
      const name = vnode.type;
      if (name === "head") state.hasHead = true;
      else state.hasBody = true;
      const mark = comment(markText(state, name));
      vnode.props = { ...props, children: [props.children as ComponentChildren, mark] };
      break;
    }
    case "a":
      vnode.props = { ...props };
      markLink(vnode.props, state.pathname);
      break;
    case "script":
    case "style":
      if (props.nonce === undefined) vnode.props = { ...props, nonce: state.nonce };
      break;
  }
  takeHeadElement(state, vnode);
}
