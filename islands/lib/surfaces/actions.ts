import { savePicture } from "../pane/mod.ts";
import { ASSUMPTION_WORDS, ASSUMPTIONS } from "./assumption_words.ts";
import { type Layer, LAYER_INFO, LAYER_ORDER } from "./layers.ts";
import { rememberLook } from "./memory.ts";
import type { SurfaceDriver } from "./surface_driver.ts";
import type { Assumption } from "./surface_store.ts";

/** What buttons and keys can do. */
export interface Actions {
  toggleLayer(layer: Layer): void;
  assume(assumption: Assumption): void;
  nextAssumption(): void;
  /** Supposes the spot at a price, or (null) lets it be where it is. */
  suppose(points: number | null): void;
  toggleFollow(): void;
  toggleHelp(): void;
  newest(): void;
  oldest(): void;
  /** Chooses a second, or lets it go. */
  pin(second: number | null): void;
  /** Gives the browser the picture to save. */
  savePicture(): void;
}

/** Returns the actions of a driver. */
export function createActions(driver: SurfaceDriver): Actions {
  const { state } = driver;
  const changed = () => {
    driver.repaint();
    rememberLook(state);
  };
  const assume = (assumption: Assumption) => {
    state.assumption.value = assumption;
    changed();
  };
  return {
    toggleLayer(layer) {
      const layers = new Set(state.layers.value);
      if (!layers.delete(layer)) layers.add(layer);
      state.layers.value = layers;
      changed();
    },
    assume,
    nextAssumption() {
      const next = (ASSUMPTIONS.indexOf(state.assumption.value) + 1) % ASSUMPTIONS.length;
      assume(ASSUMPTIONS[next]!);
    },
    suppose(points) {
      state.supposedPoints.value = points;
      driver.suppose();
    },
    toggleFollow() {
      const on = !(driver.picture?.followsSpot ?? false);
      driver.picture?.setFollowSpot(on);
      state.followSpot.value = on;
    },
    toggleHelp() {
      state.helpOpen.value = !state.helpOpen.value;
    },
    newest() {
      driver.picture?.jump(true);
      state.behindMs.value = 0;
    },
    oldest() {
      driver.picture?.jump(false);
    },
    pin(second) {
      state.pinned.value = second;
      driver.picture?.setPinned(second);
    },
    savePicture: () => save(driver),
  };
}

/** Gives the browser the picture as it stands, as a PNG that names market, layers, assumption, time and age. */
function save(driver: SurfaceDriver): void {
  const { picture: view, state } = driver;
  const of = driver.provenance.peek();
  const untilMs = view?.newestMs() ?? null;
  if (view === null || of === null || untilMs === null) return;
  const isReplay = of.isReplay || driver.replayTs() !== null;
  const { word, detail } = driver.health();
  const drawn = LAYER_ORDER.filter((layer) => state.layers.value.has(layer))
    .map((layer) => LAYER_INFO[layer].label.toLowerCase());
  savePicture({
    layers: view.layers,
    of: { ...of, isReplay },
    what: [
      `surfaces: ${drawn.join(", ")}`,
      ASSUMPTION_WORDS[state.assumption.value],
      `${word}${detail}`,
    ],
    untilMs,
    scale: null,
  });
}
