import { batch, type Signal, signal } from "@preact/signals";
import type { Origin, Provenance } from "../../../modules/kit/contract.ts";
import { SessionClock } from "../clock/mod.ts";
import { AlertDesk, type TextStore } from "../alerts/mod.ts";
import type {
  EvidenceRef,
  GroupColour,
  GroupLook,
  GroupLooks,
  PaneKind,
  PaneNode,
} from "../pane/mod.ts";
import { LiveLink } from "../link/mod.ts";
import { EventMarks, type FirstRows, projectTape, type TapeDesk, TapeHub } from "../tape/mod.ts";
import { readSymbols } from "../text/mod.ts";
import { ReplayTransport } from "../transport/mod.ts";
import {
  addPane,
  closePane,
  freeKey,
  type LayoutNode,
  type LayoutPath,
  movePane,
  pane,
  panesOf,
  resize,
  swapPanes,
  updatePane,
} from "./layout.ts";
import type { DropZone, PaneDrag } from "./drop_zone.ts";
import { FIRST_LAYOUT } from "./presets.ts";

/** The pane in front when none has the focus yet. */
const FIRST_PANE = "options";

const SIDE_WORDS = {
  left: "left of",
  right: "right of",
  top: "above",
  bottom: "below",
} as const;

/** Things that float over the grid; the last one is the topmost. */
export type Overlay = "palette" | "help" | "evidence" | "layouts" | "drawer";

/** A message that stays until it is closed. */
export interface WorkspaceNotice {
  readonly text: string;
}

/** The kinds of pane that stand on a workspace. */
export type WorkspacePane = PaneKind<WorkspaceDesk>;

/** State of the workspace page, shared by all panes. */
export class WorkspaceDesk implements TapeDesk {
  readonly link: LiveLink = new LiveLink({
    project: projectTape,
    onReading: (reading, atMs) => this.clock.take(reading, atMs),
  });
  readonly clock: SessionClock = new SessionClock(() => this.link.server.skewMs ?? 0);
  readonly hub = new TapeHub(this.link);
  readonly transport = new ReplayTransport(this.link, this.clock);
  readonly marks = new EventMarks();
  readonly alerts: AlertDesk;
  readonly layout: Signal<LayoutNode> = signal(FIRST_LAYOUT);
  /** Name of the layout in force; null once it was changed by hand. */
  readonly layoutName: Signal<string | null> = signal<string | null>("Flow desk");
  readonly maximised: Signal<string | null> = signal<string | null>(null);
  /** Key of the pane that has the keyboard; on the narrow page the one in sight. */
  readonly focused: Signal<string> = signal("");
  /** Symbols that the whole page is narrowed to; empty: all. */
  readonly symbols: Signal<readonly string[]> = signal<readonly string[]>([]);
  /** What each colour group looks at. */
  readonly groups: Signal<GroupLooks> = signal({});
  /** All panes stand still. */
  readonly allPaused: Signal<boolean> = signal(false);
  /** Keys of the panes that stand still by themselves. */
  readonly pausedPanes: Signal<ReadonlySet<string>> = signal<ReadonlySet<string>>(new Set());
  readonly overlays: Signal<readonly Overlay[]> = signal<readonly Overlay[]>([]);
  readonly evidence: Signal<EvidenceRef | null> = signal<EvidenceRef | null>(null);
  readonly provenances: Signal<ReadonlyMap<string, Provenance>> = signal(new Map());
  /** What somebody changed for everybody, until it is closed. */
  readonly news: Signal<string | null> = signal<string | null>(null);
  readonly notice: Signal<WorkspaceNotice | null> = signal<WorkspaceNotice | null>(null);
  /** Counts up once a second, for ages. */
  readonly beat: Signal<number> = signal(0);
  /** Event time of the newest row on the page, epoch ms; 0 before the first. */
  readonly lastTs: Signal<number> = signal(0);
  /** Said last to those who hear the page. */
  readonly spoken: Signal<string> = signal("");
  /** The pane that is being dragged. */
  readonly drag: Signal<PaneDrag | null> = signal<PaneDrag | null>(null);
  /** True on a page so narrow that one pane stands alone. */
  readonly isNarrow: Signal<boolean> = signal(false);

  /** What the server rendered, until the first rows come. */
  readonly first: FirstRows;
  /** Every kind of pane, in the order of menus and tabs. */
  readonly kinds: readonly WorkspacePane[];

  readonly bundleUrl: string;

  /**
   * @param store Where alerts' rules and acknowledgements are kept; null: nowhere.
   * @param bundleUrl Address of the bundle of the page's island.
   * @param first What the server rendered, and `origin`: where that came from.
   */
  constructor(
    kinds: readonly WorkspacePane[],
    store: TextStore | null,
    bundleUrl: string,
    first: FirstRows = {},
    origin: Origin | null = null,
  ) {
    this.link.origin.value = origin;
    this.bundleUrl = bundleUrl;
    this.kinds = kinds;
    this.first = first;
    this.alerts = new AlertDesk(store);
  }

  /** Ids of all kinds of pane. */
  get kindIds(): ReadonlySet<string> {
    return new Set(this.kinds.map(({ id }) => id));
  }

  /** A kind of pane by its id. */
  kind(id: string): WorkspacePane | undefined {
    return this.kinds.find((kind) => kind.id === id);
  }

  /** The pane that has the keyboard, or the first. */
  focusedPane(): PaneNode | undefined {
    const panes = panesOf(this.layout.value);
    return panes.find(({ key }) => key === this.focused.value) ??
      panes.find(({ pane }) => pane === FIRST_PANE) ?? panes[0];
  }

  /** Symbols that a pane shows: those of its colour group, else those of the page. */
  symbolsOf(node: PaneNode): readonly string[] {
    const look = node.group === null ? undefined : this.groups.value[node.group];
    // The pane in which a row was chosen stays as it is, so that the next one can be chosen there.
    return look === undefined || look.chosenIn === node.key ? this.symbols.value : look.symbols;
  }

  /** Looks at a symbol: the whole group of the pane follows, or the page when it has none. */
  pickSymbol(node: PaneNode, symbol: string): void {
    if (node.group === null) this.symbols.value = [symbol];
    else this.#look(node.group, { symbols: [symbol], chosenIn: null });
  }

  /** Looks at a symbol with the pane that has the keyboard: its group follows, or the page. */
  lookAt(symbol: string): void {
    const node = this.focusedPane();
    if (node === undefined) this.symbols.value = [symbol];
    else this.pickSymbol(node, symbol);
  }

  /** Lets the other panes of a pane's group look at the symbol of a row that was chosen in it. */
  followRow(node: PaneNode, symbol: string): void {
    if (node.group !== null) this.#look(node.group, { symbols: [symbol], chosenIn: node.key });
  }

  /** Lets the group of a pane look at the symbols of the page again, or the page at all. */
  letGoSymbol(node: PaneNode | undefined): void {
    const group = node?.group ?? null;
    if (group === null || this.groups.value[group] === undefined) this.symbols.value = [];
    else this.#look(group, undefined);
  }

  #look(group: GroupColour, look: GroupLook | undefined): void {
    const { [group]: _, ...others } = this.groups.value;
    this.groups.value = look === undefined ? others : { ...others, [group]: look };
  }

  /** Takes the text of the symbol filter: a list parted by commas or blanks. */
  filterSymbols(text: string): void {
    this.symbols.value = readSymbols(text);
  }

  setLayout(layout: LayoutNode, name: string | null): void {
    batch(() => {
      this.layout.value = layout;
      this.layoutName.value = name;
      this.maximised.value = null;
      if (!panesOf(layout).some(({ key }) => key === this.focused.value)) {
        this.focused.value = ""; // none yet: the first pane, as focusedPane() chooses it
      }
    });
  }

  /** Changes the layout by hand. */
  edit(change: (layout: LayoutNode) => LayoutNode): void {
    const next = change(this.layout.value);
    if (next !== this.layout.value) this.#keep(next);
  }

  add(id: string, besideKey: string | null, dir: "row" | "col"): void {
    const key = freeKey(this.layout.value, id);
    this.edit((layout) => addPane(layout, besideKey, dir, pane(id, key)));
    this.focused.value = key;
  }

  close(key: string): void {
    const left = closePane(this.layout.value, key);
    if (left === null) {
      this.notice.value = { text: "The last pane stays; Ctrl+K changes the layout." };
      return;
    }
    this.setLayout(left, null);
  }

  /** Puts a pane where it was let go: in the place of another one, or on a side of it. */
  drop(key: string, overKey: string, zone: DropZone): void {
    this.edit((layout) =>
      zone === "swap" ? swapPanes(layout, key, overKey) : movePane(layout, key, overKey, zone)
    );
    const [moved, over] = [key, overKey].map((one) => this.titleOf(one));
    this.spoken.value = zone === "swap"
      ? `${moved} and ${over} have changed places`
      : `${moved} is now ${SIDE_WORDS[zone]} ${over}`;
  }

  /** What the pane with a key is called. */
  titleOf(key: string): string {
    const node = panesOf(this.layout.value).find((one) => one.key === key);
    return this.kind(node?.pane ?? "")?.title ?? key;
  }

  resize(path: LayoutPath, index: number, delta: number): void {
    this.edit((layout) => resize(layout, path, index, delta));
  }

  /** Changes the settings or the group of a pane. */
  update(key: string, change: Partial<Omit<PaneNode, "kind" | "key">>): void {
    this.edit((layout) => updatePane(layout, key, change));
  }

  toggleMaximised(key: string): void {
    this.maximised.value = this.maximised.value === key ? null : key;
  }

  /** True while a pane stands still, by itself or with all others. Reads signals. */
  isPaused(node: PaneNode): boolean {
    return this.allPaused.value || this.pausedPanes.value.has(node.key);
  }

  /** Stops all panes, or lets all run on that do not stand still by themselves. */
  toggleAllPaused(): void {
    this.allPaused.value = !this.allPaused.value;
    this.spoken.value = this.allPaused.value ? "All panes paused" : "All panes live";
  }

  /** Stops a pane or lets it run on; while all panes stand still, lets all run on. */
  togglePaused(node: PaneNode): void {
    if (this.allPaused.value) return this.toggleAllPaused();
    const next = new Set(this.pausedPanes.value);
    if (!next.delete(node.key)) next.add(node.key);
    this.pausedPanes.value = next;
  }

  /** Opens the evidence drawer. */
  openEvidence(ref: EvidenceRef): void {
    this.evidence.value = ref;
    this.open("evidence");
  }

  closeEvidence(): void {
    this.shut("evidence");
  }

  open(overlay: Overlay): void {
    this.overlays.value = [...this.overlays.value.filter((item) => item !== overlay), overlay];
  }

  shut(overlay: Overlay): void {
    if (!this.overlays.value.includes(overlay)) return;
    this.overlays.value = this.overlays.value.filter((item) => item !== overlay);
  }

  /** Closes the topmost thing. Returns false when there was nothing to close. */
  escape(): boolean {
    const top = this.overlays.value.at(-1);
    if (top !== undefined) this.shut(top);
    else if (this.notice.value !== null) this.notice.value = null;
    else if (this.maximised.value !== null) this.maximised.value = null;
    else return false;
    return true;
  }

  #keep(layout: LayoutNode): void {
    batch(() => {
      this.layout.value = layout;
      this.layoutName.value = null;
    });
  }
}
