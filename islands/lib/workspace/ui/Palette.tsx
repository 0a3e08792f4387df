import { useMemo, useRef, useState } from "preact/hooks";
import { useDialog } from "../../pane/mod.ts";
import { commandsOf, matchCommands } from "../commands.ts";
import type { SavedLayout } from "../memory.ts";
import type { WorkspaceDesk } from "../workspace_desk.ts";

const SHOWN = 12;

/** The command palette: a text narrows what can be done, arrows choose, Enter does it. */
export function Palette(
  { desk, saved }: { readonly desk: WorkspaceDesk; readonly saved: readonly SavedLayout[] },
) {
  const isOpen = desk.overlays.value.includes("palette");
  const dialog = useDialog(isOpen);
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const group = desk.focusedPane()?.group ?? null;
  const commands = useMemo(() => commandsOf(desk, saved), [saved, group]);
  const found = isOpen ? matchCommands(commands, text).slice(0, SHOWN) : [];
  const close = () => {
    desk.shut("palette");
    setText("");
    setAt(0);
  };
  const run = (index: number) => {
    // A fast hand presses Enter before what it typed is drawn.
    const typed = input.current?.value ?? text;
    const command = matchCommands(commands, typed)[typed === text ? index : 0];
    close();
    if (command !== undefined) requestAnimationFrame(() => command.run());
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt(Math.min(found.length - 1, at + 1));
    else if (event.key === "ArrowUp") setAt(Math.max(0, at - 1));
    else if (event.key === "Enter") run(at);
    else return;
    event.preventDefault();
  };
  return (
    <dialog class="sheet palette" ref={dialog} aria-label="Command palette" onClose={close}>
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={found.length === 0 ? undefined : `palette-${at}`}
        placeholder="Pane, symbol, layout or action"
        autocomplete="off"
        spellcheck={false}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKey}
      />
      <ul id="palette-list" role="listbox" aria-label="Commands">
        {found.map((command, i) => (
          <li
            key={`${command.group}-${command.title}`}
            id={`palette-${i}`}
            role="option"
            aria-selected={i === at ? "true" : "false"}
            onClick={() => run(i)}
          >
            <span class="group">{command.group}</span>
            <span class="grow">{command.title}</span>
            {command.hint !== undefined && command.hint !== "" && <kbd>{command.hint}</kbd>}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p class="note">Nothing fits. A symbol, a pane or a layout?</p>}
    </dialog>
  );
}
