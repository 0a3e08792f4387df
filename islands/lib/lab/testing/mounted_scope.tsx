import { type Signal, signal } from "@preact/signals";
import { render } from "preact";
import type { ScopeSnapshot } from "../scope_snapshot.ts";
import { MediumScope } from "../ui/MediumScope.tsx";
import { drawnSnapshot } from "./drawn_scope.ts";

// Runs in the page of a browser test, which brings the script and works the scope.

/** Path of this file from the root of the project, for the page that imports it. */
export const MOUNTED_SCOPE = "islands/lib/lab/testing/mounted_scope.tsx";

/** Puts a scope on the page. Returns what it shows, to be changed. */
export function mountScope(): Signal<ScopeSnapshot> {
  const shown = signal(drawnSnapshot());
  const Page = () => <MediumScope snapshot={shown.value} />;
  const host = document.body.appendChild(document.createElement("main"));
  render(<Page />, host);
  return shown;
}
