import type { ReadonlySignal, Signal } from "@preact/signals";
import type { Provenance } from "../../../modules/kit/contract.ts";
import type { SessionClock } from "../clock/mod.ts";
import type { LiveLink } from "../link/mod.ts";
import type { EvidenceRef } from "./evidence_ref.ts";
import type { GroupLooks, PaneNode } from "./pane_node.ts";

/** What is said of a kind of pane without its code. */
export interface PaneLabel {
  /** Name in layouts and links. */
  readonly id: string;
  readonly title: string;
  /** Title where space is short: the tabs of the narrow layout. */
  readonly short: string;
  /** Key that focuses the first pane of this kind. */
  readonly key: string;
  /** False for panes that the narrow layout offers in its menu only. */
  readonly hasTab: boolean;
}

/** What every pane gets of the page that it stands on. */
export interface Desk {
  /** Address of the bundle of the page's island; scripts of workers lie beside it. */
  readonly bundleUrl: string;
  readonly link: LiveLink;
  readonly clock: SessionClock;
  readonly kinds: readonly PaneLabel[];
  /** Key of the pane that has the keyboard; on the narrow page the one in sight. */
  readonly focused: Signal<string>;
  readonly maximised: ReadonlySignal<string | null>;
  /** What each colour group looks at. */
  readonly groups: ReadonlySignal<GroupLooks>;
  /** Counts up once a second, for ages. */
  readonly beat: ReadonlySignal<number>;
  /** What floats over the grid, the topmost last. */
  readonly overlays: ReadonlySignal<readonly string[]>;
  /** What the evidence drawer shows. */
  readonly evidence: ReadonlySignal<EvidenceRef | null>;
  /** What the panes show, by their keys: whose market, of which day and from where. */
  readonly provenances: Signal<ReadonlyMap<string, Provenance>>;
  /** A message that stays until it is closed. */
  readonly notice: Signal<{ readonly text: string } | null>;
  /** True while a pane stands still, by itself or with all others. Reads signals. */
  isPaused(node: PaneNode): boolean;
  /** Lets a pane run on, or stops it. */
  togglePaused(node: PaneNode): void;
  /** Symbols that a pane shows, those of its colour group or those of the page; none: all. Reads signals. */
  symbolsOf(node: PaneNode): readonly string[];
  /** Looks at a symbol: the whole group of the pane follows, or the page when it has none. */
  pickSymbol(node: PaneNode, symbol: string): void;
  /** Lets the other panes of a pane's group look at the symbol of a row that was chosen in it. */
  followRow(node: PaneNode, symbol: string): void;
  /** Lets the group of a pane look at the symbols of the page again, or the page at all. */
  letGoSymbol(node: PaneNode): void;
  /** The pane that has the keyboard, or the first. */
  focusedPane(): PaneNode | undefined;
  /** Changes what a pane shows, its settings or its group. */
  update(key: string, change: Partial<Omit<PaneNode, "kind" | "key">>): void;
  /** Adds a pane beside or below another one. */
  add(id: string, besideKey: string | null, dir: "row" | "col"): void;
  close(key: string): void;
  toggleMaximised(key: string): void;
  openEvidence(ref: EvidenceRef): void;
  closeEvidence(): void;
}
