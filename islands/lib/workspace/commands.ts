import { UNIVERSE } from "../../../engine/regime/mod.ts";
import { capOf, CHORDS } from "../pane/mod.ts";
import { focusKind, workspaceKeys } from "./keys.ts";
import { layoutToUrl } from "./layout_codec.ts";
import type { SavedLayout } from "./memory.ts";
import { LAYOUT_PRESETS } from "./presets.ts";
import type { WorkspaceDesk } from "./workspace_desk.ts";

/** Something that the palette can do. */
export interface Command {
  readonly group: "Pane" | "Symbol" | "Layout" | "Action";
  readonly title: string;
  readonly hint?: string;
  readonly run: () => void;
}

/** Link that restores the page as it is. */
function shareUrl(desk: WorkspaceDesk): string {
  const url = new URL(location.href);
  url.search = "";
  url.searchParams.set("w", layoutToUrl(desk.layout.value));
  if (desk.symbols.value.length > 0) {
    url.searchParams.set("symbols", desk.symbols.value.join(","));
  }
  return url.href;
}

/** Puts the link of the page on the clipboard. */
export function copyLink(desk: WorkspaceDesk): void {
  const url = shareUrl(desk);
  navigator.clipboard.writeText(url).then(
    () => desk.notice.value = { text: "Link copied." },
    () => desk.notice.value = { text: url },
  );
}

/** All commands of the palette. */
export function commandsOf(
  desk: WorkspaceDesk,
  saved: readonly SavedLayout[],
): readonly Command[] {
  const group = desk.focusedPane()?.group ?? null;
  const shown = new Set(desk.kinds.map(({ title }) => title));
  const scope = group === null ? "page" : `${group} panes`;
  return [
    ...desk.kinds.map((kind): Command => ({
      group: "Pane",
      title: kind.title,
      hint: kind.key.toUpperCase(),
      run: () => focusKind(desk, kind.id),
    })),
    ...desk.kinds.map((kind): Command => ({
      group: "Pane",
      title: `Add ${kind.title}`,
      run: () => desk.add(kind.id, desk.focusedPane()?.key ?? null, "row"),
    })),
    ...LAYOUT_PRESETS.map((preset): Command => ({
      group: "Layout",
      title: preset.title,
      run: () => desk.setLayout(preset.layout, preset.title),
    })),
    ...saved.map(({ name, layout }): Command => ({
      group: "Layout",
      title: name,
      hint: "saved",
      run: () => desk.setLayout(layout, name),
    })),
    {
      group: "Layout",
      title: "Save, name or remove layouts",
      run: () => desk.open("layouts"),
    },
    { group: "Action", title: "Copy a link to this page", run: () => copyLink(desk) },
    {
      group: "Action",
      title: "Clear the symbol filter",
      hint: scope,
      run: () => desk.letGoSymbol(desk.focusedPane()),
    },
    {
      group: "Action",
      title: "Show the welcome with its tour",
      run: () => location.assign("/?welcome"),
    },
    { group: "Action", title: "Reconnect now", run: () => desk.link.retry() },
    ...workspaceKeys(desk)
      .filter(({ label, keys }) => !shown.has(label) && keys[0] !== CHORDS.palette.keys[0])
      .map(({ label, keys, run }): Command => ({
        group: "Action",
        title: label,
        hint: capOf(keys[0] ?? ""),
        run: () => run(desk),
      })),
    ...UNIVERSE.map(({ symbol }): Command => ({
      group: "Symbol",
      title: symbol,
      hint: scope,
      run: () => desk.lookAt(symbol),
    })),
  ];
}

/** Commands that fit a text, best first: all of its words must occur. */
export function matchCommands(commands: readonly Command[], text: string): readonly Command[] {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const scored: { readonly command: Command; readonly score: number }[] = [];
  for (const command of commands) {
    const hay = `${command.title} ${command.group}`.toLowerCase();
    if (!words.every((word) => hay.includes(word))) continue;
    const first = words[0] ?? "";
    const score = hay === first || command.title.toLowerCase() === first
      ? 0
      : hay.startsWith(first)
      ? 1
      : 2;
    scored.push({ command, score });
  }
  return scored.sort((a, b) => a.score - b.score).map(({ command }) => command);
}
