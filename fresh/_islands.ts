import { type ComponentChildren, Fragment, h, isValidElement, type JSX, options } from "preact";
import type { BuildSnapshot, Island } from "./_build.ts";
import { type Replacer, SerializeError, stringify } from "./_serialize.ts";
import { visitElement } from "./_elements.ts";

/** Where a Preact server render keeps the vnode above; Preact mangles `_parent` to this name. */
export interface RenderedVNode {
  type: unknown;
  props: Record<string, unknown>;
  __?: RenderedVNode;
}

/** What one server render of a page collects. */
export interface RenderState {
  readonly build: BuildSnapshot | null;
  readonly nonce: string;
  readonly head: ComponentChildren[];
  /** Islands of the page in order of first appearance. */
  readonly islands: Island[];
  /** Props of every island instance. */
  readonly instances: Record<string, unknown>[];
  /** JSX given to islands, by slot id, and whether it was drawn. */
  readonly slots: { children: ComponentChildren; drawn: boolean }[];
  hasHead: boolean;
  hasBody: boolean;
  hasHtml: boolean;
}

let current: RenderState | null = null;

/** Makes a state the current one for a synchronous render, and returns the one before. */
export function setRenderState(state: RenderState | null): RenderState | null {
  const before = current;
  current = state;
  return before;
}

/** Marks the place of late content; the nonce in it keeps page text from faking one. */
export function placeholder(state: RenderState, name: "head" | "body"): string {
  return `<!--fresh:${name}:${state.nonce}-->`;
}

/** A vnode that is drawn as an HTML comment. */
export function comment(text: string): JSX.Element {
  return h(Fragment as (props: { UNSTABLE_comment: string }) => JSX.Element, {
    UNSTABLE_comment: text,
  });
}

function IslandBoundary(props: { island: Island; props: Record<string, unknown> }): JSX.Element {
  const state = current;
  if (state === null) throw new Error("Cannot render an island as no render is under way");
  const { island } = props;
  if (!state.islands.includes(island)) state.islands.push(island);
  const sent: Record<string, unknown> = {};
  const drawn: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(props.props)) {
    if (holdsJsx(value)) {
      const slot = state.slots.length;
      state.slots.push({ children: value as ComponentChildren, drawn: false });
      sent[key] = new SlotRef(slot);
      drawn[key] = h(SlotBoundary, { slot });
    } else {
      checkProp(island, key, value);
      sent[key] = value;
      drawn[key] = value;
    }
  }
  const index = state.instances.push(sent) - 1;
  const id = `fresh:island:${state.islands.indexOf(island)}:${index}`;
  return h(Fragment, null, comment(id), h(island.fn, drawn), comment("/fresh:island"));
}

function SlotBoundary(props: { slot: number }): JSX.Element | null {
  const slot = current?.slots[props.slot];
  if (slot === undefined) return null;
  slot.drawn = true;
  return h(
    Fragment,
    null,
    comment(`fresh:slot:${props.slot}`),
    slot.children,
    comment("/fresh:slot"),
  );
}

/** JSX of slots that their island did not draw, for `<template>`s at the end of the page. */
export function undrawnSlots(state: RenderState): JSX.Element[] {
  const templates: JSX.Element[] = [];
  for (let i = 0; i < state.slots.length; i++) {
    const slot = state.slots[i];
    if (slot === undefined || slot.drawn) continue;
    slot.drawn = true;
    templates.push(h("template", { id: `fresh-slot-${i}` }, slot.children));
  }
  return templates;
}

class SlotRef {
  readonly id: number;
  constructor(id: number) {
    this.id = id;
  }
}

function isSignal(value: unknown): value is object {
  return typeof value === "object" && value !== null &&
    Reflect.get(value, "brand") === Symbol.for("preact-signals");
}

/** Signals pass for elements, as Preact may draw them; as props they are data. */
function holdsJsx(value: unknown): boolean {
  return (isValidElement(value) && !isSignal(value)) ||
    (Array.isArray(value) && value.some(holdsJsx));
}

/** Turns signals and slots into tagged values. */
export const replaceIslandValue: Replacer = (value) => {
  if (value instanceof SlotRef) return { tag: "Slot", payload: value.id };
  if (isSignal(value)) {
    const proto: unknown = Object.getPrototypeOf(value);
    const descriptor = Object.getOwnPropertyDescriptor(proto, "value");
    const peek: unknown = Reflect.get(value, "peek");
    if (typeof peek !== "function") return null;
    const tag = descriptor?.set === undefined ? "Computed" : "Signal";
    return { tag, payload: peek.call(value) };
  }
  return null;
};

function checkProp(island: Island, key: string, value: unknown): void {
  try {
    stringify(value, replaceIslandValue);
  } catch (cause) {
    if (!(cause instanceof SerializeError)) throw cause;
    throw new SerializeError(
      `Cannot send prop "${key}" to island "${island.name}": ${cause.message}`,
      { cause },
    );
  }
}

/** True when the vnode is drawn by an island, so that the browser will draw it anew. */
function isInsideIsland(vnode: RenderedVNode): boolean {
  for (let at = vnode.__; at !== undefined && at !== null; at = at.__) {
    if (at.type === IslandBoundary) return true;
    if (at.type === SlotBoundary) return false;
  }
  return false;
}

/** Preact's hook before a vnode is drawn; Preact mangles `_diff` to this name. */
const hooks = options as { __b?: ((vnode: RenderedVNode) => void) | undefined };
const previousHook = hooks.__b;
hooks.__b = (vnode) => {
  const state = current;
  if (state !== null) {
    if (typeof vnode.type === "string") {
      visitElement(state, vnode, () => isInsideIsland(vnode));
    } else {
      const island = state.build?.islands.get(vnode.type);
      if (island !== undefined && !isInsideIsland(vnode)) {
        const props = vnode.props;
        vnode.type = IslandBoundary;
        vnode.props = { island, props };
      }
    }
  }
  previousHook?.(vnode);
};
