import { capOf } from "../../pane/mod.ts";
import type { Actions } from "../actions.ts";
import { type Layer, LAYER_INFO, LAYER_ORDER } from "../layers.ts";
import type { SurfaceDriver } from "../surface_driver.ts";

interface LayerBarProps {
  readonly driver: SurfaceDriver;
  readonly actions: Actions;
}

/** A switch for every layer; those that are drawn say what their colours mean. */
export function LayerBar({ driver, actions }: LayerBarProps) {
  const { state } = driver;
  return (
    <div class="pane-head layer-bar" role="group" aria-label="Layers">
      {LAYER_ORDER.map((layer) => (
        <LayerSwitch
          key={layer}
          layer={layer}
          isOn={state.layers.value.has(layer)}
          toggle={() => actions.toggleLayer(layer)}
        />
      ))}
      <span class="grow" />
      <button
        type="button"
        class="save-picture"
        title="Save the picture as PNG (Q)"
        onClick={actions.savePicture}
      >
        PNG
      </button>
    </div>
  );
}

function LayerSwitch(
  { layer, isOn, toggle }: {
    readonly layer: Layer;
    readonly isOn: boolean;
    readonly toggle: () => void;
  },
) {
  const { label, inks, unit, title, chord } = LAYER_INFO[layer];
  return (
    <button
      type="button"
      class="layer"
      aria-pressed={isOn ? "true" : "false"}
      title={`${title}. Unit: ${unit} (${capOf(chord.keys[0] ?? "")})`}
      onClick={toggle}
    >
      <span class="name">{label}</span>
      {inks.map(([token, means]) => (
        <span key={token} class="ink">
          <i data-ink={token} aria-hidden="true" />
          {isOn && <span class="means">{means}</span>}
        </span>
      ))}
      {isOn && <span class="unit">{unit}</span>}
    </button>
  );
}
