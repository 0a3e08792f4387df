import { type Layer, LAYERS } from "./layers.ts";
import type { SurfaceState } from "./state.ts";

const MEMORY = "lotus.surfaces";
const ASSUMPTIONS = ["naive", "short", "flow"] as const;

/** Puts back layers and assumption: those of a link, else those of the last visit. */
export function restoreLook(state: SurfaceState, link: URLSearchParams | null): void {
  const kept = new URLSearchParams(remembered());
  const layers = link?.get("layers") ?? kept.get("layers");
  const assumed = link?.get("assume") ?? kept.get("assume");
  if (layers !== null) {
    const named = layers.split(",");
    state.layers.value = new Set(LAYERS.filter((layer) => named.includes(layer)));
  }
  const assumption = ASSUMPTIONS.find((name) => name === assumed);
  if (assumption !== undefined) state.assumption.value = assumption;
}

/** What is shown, as the query of a link that restores it. */
function lookQuery({ layers, assumption }: SurfaceState): string {
  const names: readonly Layer[] = LAYERS.filter((layer) => layers.peek().has(layer));
  return `layers=${names.join(",")}&assume=${assumption.peek()}`;
}

/** Keeps layers and assumption for the next visit. */
export function rememberLook(state: SurfaceState): void {
  try {
    localStorage.setItem(MEMORY, lookQuery(state));
  } catch {
    // storage is refused in some private windows; the choice then lasts as long as the page
  }
}

function remembered(): string {
  try {
    return localStorage.getItem(MEMORY) ?? "";
  } catch {
    return "";
  }
}
