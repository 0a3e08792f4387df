import type { PresetId } from "../../../engine/regime/mod.ts";
import type { ControlDraft } from "./control_model.ts";
import { Segments } from "./Segments.tsx";
import { PRESET_NAMES, PROFILES, WEIGHTS, WINDOWS } from "./words.ts";

/** What operators choose: preset, coverage, weights. */
export function ControlForm(props: {
  readonly draft: ControlDraft;
  readonly disabled: boolean;
  readonly onEdit: (change: Partial<ControlDraft>) => void;
}) {
  const { draft, disabled, onEdit } = props;
  const choosePreset = (value: string) => {
    const found = PRESET_NAMES.find(([id]) => id === value)?.[0] satisfies PresetId | undefined;
    if (found !== undefined) onEdit({ preset_id: found });
  };
  return (
    <>
      <section class="drawer-section">
        <h3 id="drawer-preset">Preset</h3>
        <select
          aria-labelledby="drawer-preset"
          value={draft.preset_id}
          disabled={disabled}
          onChange={(event) => choosePreset(event.currentTarget.value)}
        >
          {PRESET_NAMES.map(([id, text]) => <option key={id} value={id}>{text}</option>)}
        </select>
      </section>
      <section class="drawer-section">
        <h3>Coverage</h3>
        <label class="drawer-row">
          <span>Coverage assist</span>
          <input
            type="checkbox"
            role="switch"
            class="drawer-switch"
            checked={draft.coverage_assist}
            disabled={disabled}
            onChange={(event) => onEdit({ coverage_assist: event.currentTarget.checked })}
          />
        </label>
        <div class="drawer-row">
          <span>Window</span>
          <Segments
            name="drawer-window"
            label="Coverage window"
            options={WINDOWS}
            value={draft.coverage_window_minutes}
            disabled={disabled}
            onChoose={(coverage_window_minutes) => onEdit({ coverage_window_minutes })}
          />
        </div>
      </section>
      <section class="drawer-section">
        <h3>Profile bias</h3>
        {PROFILES.map(([id, text]) => (
          <div class="drawer-row" key={id}>
            <span>{text}</span>
            <Segments
              name={`drawer-${id}`}
              label={`Weight of ${text}`}
              options={WEIGHTS}
              value={draft.profile_weights[id]}
              disabled={disabled}
              onChoose={(weight) =>
                onEdit({ profile_weights: { ...draft.profile_weights, [id]: weight } })}
            />
          </div>
        ))}
      </section>
    </>
  );
}
