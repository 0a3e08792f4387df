import type { IconName } from "./icons.tsx";

/** A page of the terminal, and how one gets there. */
export interface SitePage {
  readonly href: string;
  readonly name: string;
  /** Where the key leads, as one says it. */
  readonly place: string;
  /** The letter after "g". */
  readonly letter: string;
  readonly icon: IconName;
}

/** The pages that keys and rails lead to, in the order of the rail. */
export const PAGES: readonly SitePage[] = [
  { href: "/", name: "Workspace", place: "the workspace", letter: "w", icon: "table" },
  { href: "/heatmap", name: "Heatmap", place: "the heatmap", letter: "h", icon: "heatmap" },
  { href: "/surfaces", name: "Surfaces", place: "the surfaces", letter: "u", icon: "surfaces" },
  { href: "/research", name: "Research", place: "research", letter: "s", icon: "signals" },
  { href: "/realism", name: "Realism", place: "realism", letter: "r", icon: "measure" },
  { href: "/status", name: "Status", place: "the status", letter: "t", icon: "status" },
  { href: "/docs", name: "Docs", place: "the docs", letter: "d", icon: "docs" },
];
