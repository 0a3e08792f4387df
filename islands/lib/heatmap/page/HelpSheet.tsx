import { SHORTCUTS } from "../keyboard.ts";
import type { HeatmapState } from "../state.ts";
import { useDialog } from "../../pane/mod.ts";

const GROUPS = ["Picture", "Time", "Page"] as const;
const CAPS: Readonly<Record<string, string>> = {
  " ": "Space",
  Escape: "Esc",
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
};

/** The sheet of keyboard shortcuts, made of the same table that drives them. */
export function HelpSheet({ state }: { readonly state: HeatmapState }) {
  const dialog = useDialog(state.helpOpen.value);
  return (
    <dialog
      class="sheet help"
      ref={dialog}
      aria-labelledby="help-title"
      onClose={() => state.helpOpen.value = false}
    >
      <h2 id="help-title">Keyboard</h2>
      <div class="groups">
        {GROUPS.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {lines(group).map(([label, keys]) => (
                <div key={label}>
                  <dt>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dt>
                  <dd>{label}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p class="hint">
        Wheel zooms time, with Shift price, with Ctrl both. Drag pans, double click resets. On
        touch: drag, pinch, tap for the crosshair.
      </p>
      <button type="button" onClick={() => state.helpOpen.value = false}>Close</button>
    </dialog>
  );
}

function lines(group: string): (readonly [string, readonly string[]])[] {
  return SHORTCUTS.filter((item) => item.group === group && item.caps?.length !== 0)
    .map(({ label, keys, caps }) => [label, caps ?? keys.map(capOf)] as const);
}

function capOf(key: string): string {
  return CAPS[key] ?? key.split(" ").map((k) => k.length > 1 ? k : k.toUpperCase()).join(" ");
}
