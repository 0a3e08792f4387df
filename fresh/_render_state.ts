import { Fragment, h, type JSX } from "preact";
import type { BuildSnapshot, Island } from "./_build.ts";

/** Where a Preact server render keeps the vnode above; Preact mangles `_parent` to this name. */
export interface RenderedVNode {
  type: unknown;
  key?: unknown;
  props: Record<string, unknown>;
  __?: RenderedVNode;
}

/** An element of the document head. */
export interface HeadItem {
  /** Elements with the same key are one. */
  readonly key: string;
  readonly vnode: JSX.Element;
}

/** One use of an island on the page. */
export interface IslandUse {
  readonly island: Island;
  readonly props: Record<string, unknown>;
}

/** What one server render of a page collects. */
export interface RenderState {
  readonly build: BuildSnapshot | null;
  readonly nonce: string;
  /** Path of the page, for links that lead to it. */
  readonly pathname: string;
  /** Elements that the document wrote into its own head, by their place in it. */
  readonly headItems: HeadItem[];
  /** What pages put into the head, the last of each key. */
  readonly headParts: Map<string, JSX.Element>;
  /** Islands of the page in order of first appearance. */
  readonly islands: Island[];
  readonly uses: IslandUse[];
  hasHead: boolean;
  hasBody: boolean;
  hasHtml: boolean;
}

let current: RenderState | null = null;

/** The state of the render under way; null outside of one. */
export function renderState(): RenderState | null {
  return current;
}

/** Makes a state the current one for a synchronous render, and returns the one before. */
export function setRenderState(state: RenderState | null): RenderState | null {
  const before = current;
  current = state;
  return before;
}

/** Marks the place of late content; the nonce in it keeps page text from faking one. */
export function placeholder(state: RenderState, name: string): string {
  return `<!--${markText(state, name)}-->`;
}

/** A vnode that is drawn as an HTML comment. */
export function comment(text: string): JSX.Element {
  return h(Fragment as (props: { UNSTABLE_comment: string }) => JSX.Element, {
    UNSTABLE_comment: text,
  });
}

/** Text of the comment that {@link placeholder} is. */
export function markText(state: RenderState, name: string): string {
  return `fresh:${name}:${state.nonce}`;
}
