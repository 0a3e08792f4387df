import { UNIVERSE } from "../../../engine/regime/mod.ts";
import { focusKind, WORKSPACE_KEYS } from "./keys.ts";
import { layoutToUrl } from "./layout_codec.ts";
import type { SavedLayout } from "./memory.ts";
import { PANES } from "../panes/mod.ts";
import { PRESETS } from "./presets.ts";
import type { Workspace } from "./workspace.ts";

/** Something that the palette can do. */
export interface Command {
  readonly group: "Pane" | "Symbol" | "Layout" | "Action";
  readonly title: string;
  readonly hint?: string;
  readonly run: () => void;
}

/** Link that restores the page as it is. */
export function shareUrl(workspace: Workspace): string {
  const url = new URL(location.href);
  url.search = "";
  url.searchParams.set("w", layoutToUrl(workspace.layout.value));
  if (workspace.symbols.value.length > 0) {
    url.searchParams.set("symbols", workspace.symbols.value.join(","));
  }
  return url.href;
}

/** Puts the link of the page on the clipboard. */
export function copyLink(workspace: Workspace): void {
  const url = shareUrl(workspace);
  navigator.clipboard.writeText(url).then(
    () => workspace.notice.value = { text: "Link copied." },
    () => workspace.notice.value = { text: url },
  );
}

/** All commands of the palette. */
export function commandsOf(
  workspace: Workspace,
  saved: readonly SavedLayout[],
): readonly Command[] {
  return [
    ...PANES.map((kind): Command => ({
      group: "Pane",
      title: kind.title,
      hint: kind.key.toUpperCase(),
      run: () => focusKind(workspace, kind.id),
    })),
    ...PANES.map((kind): Command => ({
      group: "Pane",
      title: `Add ${kind.title}`,
      run: () => workspace.add(kind.id, workspace.focusedPane()?.key ?? null, "row"),
    })),
    ...PRESETS.map((preset): Command => ({
      group: "Layout",
      title: preset.title,
      run: () => workspace.setLayout(preset.layout, preset.title),
    })),
    ...saved.map(({ name, layout }): Command => ({
      group: "Layout",
      title: name,
      hint: "saved",
      run: () => workspace.setLayout(layout, name),
    })),
    {
      group: "Layout",
      title: "Save, name or remove layouts",
      run: () => workspace.open("layouts"),
    },
    { group: "Action", title: "Copy a link to this page", run: () => copyLink(workspace) },
    { group: "Action", title: "Clear the symbol filter", run: () => workspace.filterSymbols("") },
    { group: "Action", title: "Reconnect now", run: () => workspace.hub.retry() },
    ...WORKSPACE_KEYS.filter(({ group, keys }) => group === "Page" && keys[0] !== "Ctrl+k").map((
      key,
    ): Command => ({
      group: "Action",
      title: key.label,
      hint: key.keys[0] === " " ? "Space" : key.keys[0]?.toUpperCase() ?? "",
      run: () => key.run(workspace),
    })),
    ...UNIVERSE.map(({ symbol }): Command => ({
      group: "Symbol",
      title: symbol,
      run: () => workspace.symbols.value = [symbol],
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
