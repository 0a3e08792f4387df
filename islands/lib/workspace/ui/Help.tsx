import { useDialog } from "../../pane/mod.ts";
import { TAPE_KEYS, workspaceKeys } from "../keys.ts";
import type { WorkspaceDesk } from "../workspace_desk.ts";

const CAPS: Readonly<Record<string, string>> = { " ": "Space", Escape: "Esc", "Ctrl+k": "Ctrl K" };

function capOf(key: string): string {
  return CAPS[key] ?? key.toUpperCase();
}

/** The sheet of keyboard shortcuts, made of the same table that drives them. */
export function Help({ desk }: { readonly desk: WorkspaceDesk }) {
  const dialog = useDialog(desk.overlays.value.includes("help"));
  return (
    <dialog
      class="sheet help"
      ref={dialog}
      aria-labelledby="help-title"
      onClose={() => desk.shut("help")}
    >
      <h2 id="help-title">Keyboard</h2>
      <div class="groups">
        {(["Page", "Panes"] as const).map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {workspaceKeys(desk).filter((item) => item.group === group && item.caps?.length !== 0)
                .map((item) => (
                  <Line
                    key={item.label}
                    label={item.label}
                    caps={item.caps ?? item.keys.map(capOf)}
                  />
                ))}
            </dl>
          </section>
        ))}
        <section>
          <h3>Tape</h3>
          <dl>
            {TAPE_KEYS.map(([label, caps]) => <Line key={label} label={label} caps={caps} />)}
          </dl>
        </section>
      </div>
      <p class="hint">
        A pane is dragged by its head: dropped in the middle of another one the two swap, near a
        side it stands there, and Esc leaves all as it was. Scrolling down holds a tape and queues
        new rows. While the heatmap has the keyboard its own keys work; dot and comma leave it.
      </p>
      <button type="button" onClick={() => desk.shut("help")}>Close</button>
    </dialog>
  );
}

function Line({ label, caps }: { readonly label: string; readonly caps: readonly string[] }) {
  return (
    <div>
      <dt>{caps.map((cap) => <kbd key={cap}>{cap}</kbd>)}</dt>
      <dd>{label}</dd>
    </div>
  );
}
