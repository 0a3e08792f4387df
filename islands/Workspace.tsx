import { effect } from "@preact/signals";
import { feedChangeText, isSameFeed, type Origin } from "../modules/kit/contract.ts";
import { useEffect, useMemo, useState } from "preact/hooks";
import { EvidenceGate, evidenceInLink } from "./lib/evidence/mod.ts";
import { notify, ring } from "./lib/alerts/mod.ts";
import type { AlertRow, FirstRows, SmartRow } from "./lib/tape/mod.ts";
import { TransportBar } from "./lib/transport/mod.ts";
import { News, useAlive } from "./lib/pane/mod.ts";
import {
  attachWorkspaceKeys,
  layoutFromUrl,
  readMemory,
  rememberLayout,
  rememberSaved,
  type SavedLayout,
  WorkspaceDesk,
} from "./lib/workspace/mod.ts";
import { PANES } from "./lib/panes/mod.ts";
import { readSymbols } from "./lib/text/mod.ts";
import {
  Help,
  Layouts,
  Metrics,
  Palette,
  PaneGrid,
  Tabs,
  WorkspaceBar,
  WorkspaceRail,
} from "./lib/workspace/ui/mod.ts";

/** What the server knows when it renders the page. */
export interface WorkspaceProps {
  readonly first?: FirstRows;
  /** Where its rows come from. */
  readonly origin?: Origin;
}

/** Width below which one pane stands alone, px; as in the style sheet. */
const NARROW = "(max-width: 860px)";
const BEAT_MS = 1_000;
const NO_WORKER =
  "The tape's worker could not be loaded. The page reads the tape by itself and may stutter.";

function socketUrl(): string {
  const { protocol, host } = location;
  return `${protocol === "https:" ? "wss:" : "ws:"}//${host}/ws/live`;
}

function textStore(): Storage | null {
  try {
    return typeof localStorage === "undefined" || typeof document === "undefined"
      ? null
      : localStorage;
  } catch {
    return null; // refused in some private windows
  }
}

/** Tries new alerts against the reader's rules. Returns the undo. */
function watchAlerts(desk: WorkspaceDesk): () => void {
  const stream = desk.hub.acquire({ channel: "alerts", filters: {}, symbols: [], contract: null });
  return stream.listen((change) => {
    if (change.kind !== "added") return; // what was there before does not ring
    const rows = change.rows.filter((row): row is AlertRow => row.kind === "alerts");
    const premiumOf = (alert: AlertRow) =>
      alert.premium ?? desk.marks.premiumOf(alert.id.replace(/^alert:/, ""));
    const fired = desk.alerts.take(rows, premiumOf, desk.clock.now());
    const { sound, desktop } = desk.alerts.bells.value;
    if (fired.length > 0 && sound) ring();
    if (desktop) { for (const item of fired) notify(item); }
  });
}

/** Restores the layout: from a link, else from the last visit. Returns the named layouts. */
function restore(desk: WorkspaceDesk): readonly SavedLayout[] {
  const known = desk.kindIds;
  const memory = readMemory(known);
  const params = new URLSearchParams(location.search);
  const link = params.get("w");
  const symbols = params.get("symbols");
  if (symbols !== null) desk.symbols.value = readSymbols(symbols);
  const evidence = evidenceInLink(location.search);
  if (evidence !== null) desk.openEvidence(evidence);
  if (link !== null) {
    try {
      desk.setLayout(layoutFromUrl(link, known), "From a link");
      return memory.saved;
    } catch (error) {
      desk.notice.value = { text: error instanceof Error ? error.message : String(error) };
    }
  }
  if (memory.layout !== null) desk.setLayout(memory.layout, memory.layoutName);
  return memory.saved;
}

/** Starts what runs besides drawing. Returns the undo. */
function run(desk: WorkspaceDesk): () => void {
  const narrow = matchMedia(NARROW);
  const onWidth = () => desk.isNarrow.value = narrow.matches;
  onWidth();
  narrow.addEventListener("change", onWidth);
  const workerUrl = new URL("./tape_worker.js", desk.bundleUrl);
  const stopLink = desk.link.start(socketUrl(), workerUrl, () => {
    desk.notice.value = { text: NO_WORKER };
  });
  const stopKeys = attachWorkspaceKeys(desk);
  const beat = setInterval(() => {
    desk.lastTs.value = desk.hub.newestTs();
    desk.beat.value++;
  }, BEAT_MS);
  desk.beat.value++;
  const events = desk.hub.acquire({
    channel: "smart-money",
    filters: {},
    symbols: [],
    contract: null,
  });
  const stopMarks = events.listen((change) => {
    const rows = change.kind === "added" ? change.rows : [...events.rows];
    desk.marks.add(rows.filter((row): row is SmartRow => row.kind === "smart-money"));
  });
  let followed = desk.link.url.peek();
  const stopSwitch = desk.link.url.subscribe((url) => {
    if (url !== followed) desk.marks.clear();
    followed = url;
  });
  let feed = desk.link.feed.peek();
  const stopNews = desk.link.feed.subscribe((now) => {
    if (now === null) return;
    if (feed !== null && !isSameFeed(feed, now)) desk.news.value = feedChangeText(now);
    feed = now;
  });
  const stopAlerts = watchAlerts(desk);
  const stopMemory = effect(() => rememberLayout(desk.layout.value, desk.layoutName.value));
  return () => {
    narrow.removeEventListener("change", onWidth);
    stopLink();
    stopKeys();
    clearInterval(beat);
    stopMarks();
    stopSwitch();
    stopNews();
    stopAlerts();
    stopMemory();
  };
}

/** The workspace: a grid of panes over one live socket. */
export default function WorkspacePage({ first, origin }: WorkspaceProps) {
  const desk = useMemo(
    () => new WorkspaceDesk(PANES, textStore(), import.meta.url, first, origin),
    [],
  );
  const [saved, setSaved] = useState<readonly SavedLayout[]>([]);
  useEffect(() => {
    setSaved(restore(desk));
    return run(desk);
  }, []);
  useAlive("Workspace");
  const save = (next: readonly SavedLayout[]) => {
    setSaved(next);
    if (!rememberSaved(next)) {
      desk.notice.value = {
        text: "The browser refused to store it; it lasts as long as the page.",
      };
    }
  };
  const notice = desk.notice.value;
  return (
    <div class="workspace" data-mode={desk.clock.mode.value}>
      <WorkspaceBar desk={desk} />
      <WorkspaceRail desk={desk} />
      <PaneGrid desk={desk} />
      <TransportBar desk={desk} />
      <Metrics desk={desk} />
      <Tabs desk={desk} />
      <EvidenceGate desk={desk} />
      {notice !== null && (
        <div class="notice" role="alert">
          <p>{notice.text}</p>
          <button type="button" onClick={() => desk.notice.value = null}>Close</button>
        </div>
      )}
      <News news={desk.news} />
      <p class="sr" role="status">{desk.spoken.value}</p>
      <Palette desk={desk} saved={saved} />
      <Layouts desk={desk} saved={saved} save={save} />
      <Help desk={desk} />
    </div>
  );
}
