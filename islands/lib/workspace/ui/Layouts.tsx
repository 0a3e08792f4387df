import { useState } from "preact/hooks";
import { useDialog } from "../../pane/mod.ts";
import type { SavedLayout } from "../memory.ts";
import { LAYOUT_PRESETS } from "../presets.ts";
import type { WorkspaceDesk } from "../workspace_desk.ts";

/** Layouts by name: those of the product, and those of the reader. */
export function Layouts(
  { desk, saved, save }: {
    readonly desk: WorkspaceDesk;
    readonly saved: readonly SavedLayout[];
    readonly save: (saved: readonly SavedLayout[]) => void;
  },
) {
  const dialog = useDialog(desk.overlays.value.includes("layouts"));
  const [name, setName] = useState("");
  const choose = (layout: SavedLayout["layout"], title: string) => {
    desk.setLayout(layout, title);
    desk.shut("layouts");
  };
  const add = (event: Event) => {
    event.preventDefault();
    const title = name.trim().slice(0, 40);
    if (title === "") return;
    const others = saved.filter((item) => item.name !== title);
    save([...others, { name: title, layout: desk.layout.value }]);
    desk.layoutName.value = title;
    setName("");
    desk.shut("layouts");
  };
  return (
    <dialog
      class="sheet layouts"
      ref={dialog}
      aria-labelledby="layouts-title"
      onClose={() => desk.shut("layouts")}
    >
      <h2 id="layouts-title">Layouts</h2>
      <LayoutList saved={saved} choose={choose} save={save} />
      <form onSubmit={add}>
        <div class="fields">
          <label>
            Save the layout in force as
            <input
              type="text"
              name="layout"
              maxLength={40}
              value={name}
              onInput={(event) => setName(event.currentTarget.value)}
            />
          </label>
          <button type="submit" class="primary">Save</button>
        </div>
      </form>
      <button type="button" onClick={() => desk.shut("layouts")}>Close</button>
    </dialog>
  );
}

function LayoutList(
  { saved, choose, save }: {
    readonly saved: readonly SavedLayout[];
    readonly choose: (layout: SavedLayout["layout"], title: string) => void;
    readonly save: (saved: readonly SavedLayout[]) => void;
  },
) {
  return (
    <ul>
      {LAYOUT_PRESETS.map((preset) => (
        <li key={preset.id}>
          <button type="button" onClick={() => choose(preset.layout, preset.title)}>
            {preset.title}
          </button>
        </li>
      ))}
      {saved.map((item) => (
        <li key={item.name}>
          <button type="button" onClick={() => choose(item.layout, item.name)}>
            {item.name}
          </button>
          <button
            type="button"
            aria-label={`Remove the layout ${item.name}`}
            onClick={() => save(saved.filter((other) => other !== item))}
          >
            ×
          </button>
        </li>
      ))}
    </ul>
  );
}
