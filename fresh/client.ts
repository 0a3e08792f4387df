/// <reference lib="dom" />
import { type ComponentType, Fragment, h, hydrate, type JSX } from "preact";
import { computed, signal } from "@preact/signals";
import { parse } from "./_parse.ts";
import { shared } from "./_shared.ts";

type Components = readonly ComponentType[];
type Instances = readonly Record<string, unknown>[];
type Child = JSX.Element | string;

/** Hydrates every island of the page; called once by the script that the server writes. */
export function boot(components: Components, buildId: string): void {
  shared.buildId = buildId;
  const text = document.getElementById("fresh-data")?.textContent ?? "[]";
  const slots = findSlots(document);
  const reader = new Reader(components, slots);
  reader.instances = parse(text, (tag, payload) => {
    if (tag === "Signal") return signal(payload);
    if (tag === "Computed") return computed(() => payload);
    if (tag === "Slot") return new LateSlot(payload as number);
    throw new SyntaxError(`Cannot hydrate the page as a tag is unknown: "${tag}"`);
  }) as Instances;
  const roots = topIslands(document.body);
  // All JSX is read before anything is hydrated, as hydrating removes the markers.
  const jobs = roots.map((start) => ({ start, end: endOf(start), vnode: reader.island(start) }));
  for (const { start, end, vnode } of jobs) hydrate(vnode, rootBetween(start, end));
  document.documentElement.dataset.freshReady = "true";
}

/** JSX of the server that is read from the document when its island needs it. */
class LateSlot {
  readonly id: number;
  constructor(id: number) {
    this.id = id;
  }
}

/** Reads the server's HTML back into vnodes. */
class Reader {
  instances: Instances = [];
  readonly #components: Components;
  readonly #slots: ReadonlyMap<number, Node[]>;

  constructor(components: Components, slots: ReadonlyMap<number, Node[]>) {
    this.#components = components;
    this.#slots = slots;
  }

  /** The vnode of the island whose start marker is given. */
  island(start: Comment): JSX.Element {
    const [, , component, instance] = start.data.split(":");
    const type = this.#components[Number(component)];
    const sent = this.instances[Number(instance)];
    if (type === undefined || sent === undefined) {
      throw new RangeError(`Cannot hydrate an island as its marker is unknown: "${start.data}"`);
    }
    const props: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(sent)) {
      props[key] = value instanceof LateSlot ? this.#slot(value.id) : value;
    }
    return h(type, props);
  }

  #slot(id: number): JSX.Element {
    return h(Fragment, null, ...this.#children(this.#slots.get(id) ?? []));
  }

  #children(nodes: readonly Node[]): Child[] {
    const children: Child[] = [];
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i];
      if (node instanceof Text) children.push(node.data);
      else if (node instanceof Element) children.push(this.#element(node));
      else if (node instanceof Comment && isStart(node, "island")) {
        children.push(this.island(node));
        const end = endOf(node);
        while (i < nodes.length && nodes[i] !== end) i++;
      }
    }
    return children;
  }

  #element(element: Element): JSX.Element {
    const props: Record<string, string | boolean> = {};
    for (const { name, value } of element.attributes) {
      // Preact sets properties, and a boolean one would read the text "" as false.
      const isBoolean = typeof Reflect.get(element, name) === "boolean";
      props[name] = isBoolean ? value !== "false" : value;
    }
    return h(element.localName, props, ...this.#children([...element.childNodes]));
  }
}

function isStart(node: Node, kind: "island" | "slot"): node is Comment {
  return node instanceof Comment && node.data.startsWith(`fresh:${kind}:`);
}

/** The end marker that belongs to a start marker among its siblings. */
function endOf(start: Comment): Comment {
  const kind = start.data.startsWith("fresh:island") ? "island" : "slot";
  let depth = 0;
  for (let at = start.nextSibling; at !== null; at = at.nextSibling) {
    if (isStart(at, kind)) depth++;
    else if (at instanceof Comment && at.data === `/fresh:${kind}` && depth-- === 0) return at;
  }
  throw new RangeError(`Cannot hydrate the page as a marker has no end: "${start.data}"`);
}

/** Start markers of islands that stand in no other island. */
function topIslands(root: Node): Comment[] {
  const found: Comment[] = [];
  for (let at = root.firstChild; at !== null; at = at.nextSibling) {
    if (isStart(at, "island")) {
      found.push(at);
      at = endOf(at);
    } else {
      found.push(...topIslands(at));
    }
  }
  return found;
}

/** Nodes of every slot, drawn or waiting in a template. */
function findSlots(root: Document): Map<number, Node[]> {
  const slots = new Map<number, Node[]>();
  function visit(tree: Node): void {
    const walker = root.createTreeWalker(tree, NodeFilter.SHOW_COMMENT);
    while (walker.nextNode()) {
      const start = walker.currentNode;
      if (!isStart(start, "slot")) continue;
      const nodes: Node[] = [];
      const end = endOf(start);
      for (let at = start.nextSibling; at !== null && at !== end; at = at.nextSibling) {
        nodes.push(at);
      }
      slots.set(Number(start.data.slice("fresh:slot:".length)), nodes);
    }
  }
  visit(root.body);
  for (const template of root.querySelectorAll<HTMLTemplateElement>("template[id^=fresh-slot-]")) {
    visit(template.content);
    slots.set(Number(template.id.slice("fresh-slot-".length)), [...template.content.childNodes]);
  }
  return slots;
}

/** A stand-in for a parent element whose children are the nodes between two markers. */
function rootBetween(start: Comment, end: Comment): Element {
  const parent = start.parentNode;
  if (parent === null) throw new RangeError("Cannot hydrate an island outside the document");
  const root = {
    nodeType: 1,
    parentNode: parent,
    ownerDocument: document,
    namespaceURI: parent instanceof Element ? parent.namespaceURI : null,
    get firstChild() {
      const first = start.nextSibling;
      return first === end ? null : first;
    },
    get childNodes() {
      const nodes: Node[] = [];
      for (let at = start.nextSibling; at !== null && at !== end; at = at.nextSibling) {
        nodes.push(at);
      }
      return nodes;
    },
    contains: (node: Node) => parent.contains(node),
    insertBefore: (node: Node, before: Node | null) => parent.insertBefore(node, before ?? end),
    appendChild: (node: Node) => parent.insertBefore(node, end),
    removeChild: (node: Node) => parent.removeChild(node),
  };
  return root as unknown as Element;
}
