/// <reference lib="dom" />
import { computed, signal } from "@preact/signals";
import { parse } from "devalue";
import { type ComponentType, h, hydrate, options, type VNode } from "preact";
import { markLink } from "./_links.ts";
import { shared } from "./_shared.ts";

type Instances = readonly Record<string, unknown>[];

/** The markers around an island. */
interface Root {
  readonly start: Comment;
  readonly end: Comment;
}

/** Hydrates every island of the page; called once by the script that the server writes. */
export function boot(components: readonly ComponentType[], buildId: string): void {
  shared.buildId = buildId;
  markLinks();
  const text = document.getElementById("fresh-data")?.textContent ?? "[]";
  const instances = parse(text, {
    Signal: ([value]: [unknown]) => signal(value),
    Computed: ([value]: [unknown]) => computed(() => value),
  }) as Instances;
  // All are found before the first is hydrated, as hydrating moves nodes.
  for (const root of topIslands(document.body)) {
    const [, , component, instance] = root.start.data.split(":");
    const type = components[Number(component)];
    const props = instances[Number(instance)];
    if (type === undefined || props === undefined) {
      console.warn(`Cannot hydrate an island as its marker is unknown: "${root.start.data}"`);
      continue;
    }
    try {
      hydrate(h(type, props), rootBetween(root));
    } catch (error) {
      reportError(error); // the other islands go on
    }
  }
}

/** Links that islands draw tell where they lead, as those of the server do. */
function markLinks(): void {
  const before = options.vnode;
  options.vnode = (vnode: VNode) => {
    if (vnode.type === "a") markLink(vnode.props as Record<string, unknown>, location.pathname);
    before?.(vnode);
  };
}

function isStart(node: Node): node is Comment {
  return node instanceof Comment && node.data.startsWith("fresh:island:");
}

/** The end marker that belongs to a start marker among its siblings. */
function endOf(start: Comment): Comment | null {
  let depth = 0;
  for (let at = start.nextSibling; at !== null; at = at.nextSibling) {
    if (isStart(at)) depth++;
    else if (at instanceof Comment && at.data === "/fresh:island" && depth-- === 0) return at;
  }
  return null;
}

/** Markers of islands that stand in no other island. */
function topIslands(root: Node): Root[] {
  const found: Root[] = [];
  for (let at = root.firstChild; at !== null; at = at.nextSibling) {
    if (!isStart(at)) {
      found.push(...topIslands(at));
      continue;
    }
    const end = endOf(at);
    if (end === null) {
      // Such as a <div> within a <p>: the browser has moved it out of its markers.
      console.warn(`Cannot hydrate an island as the HTML around it is badly nested: "${at.data}"`);
      continue;
    }
    found.push({ start: at, end });
    at = end;
  }
  return found;
}

/** A stand-in for a parent element whose children are the nodes between two markers. */
function rootBetween({ start, end }: Root): Element {
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
