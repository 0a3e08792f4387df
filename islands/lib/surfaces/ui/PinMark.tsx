import { EXCHANGE_ZONE_LABEL, exchangeClock } from "../../text/mod.ts";
import type { Actions } from "../actions.ts";
import type { SurfaceDriver } from "../surface_driver.ts";

interface PinMarkProps {
  readonly driver: SurfaceDriver;
  readonly actions: Actions;
}

/** The chosen second, and the way to the same second in the depth heatmap. */
export function PinMark({ driver, actions }: PinMarkProps) {
  const second = driver.state.pinned.value;
  if (second === null) return null;
  const time = exchangeClock(second * 1_000);
  return (
    <span class="mark strong pin">
      <span class="mono">{time} {EXCHANGE_ZONE_LABEL}</span>
      <a href={`/heatmap?at=${second * 1_000}`}>Depth at this second</a>
      <button
        type="button"
        title="Let the second go (Esc)"
        aria-label={`Let ${time} go`}
        onClick={() => actions.pin(null)}
      >
        ×
      </button>
    </span>
  );
}
