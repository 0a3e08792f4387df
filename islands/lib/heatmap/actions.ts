import { type PaletteName, PALETTES } from "../canvas/mod.ts";
import { QUANTITIES, type Quantity } from "./quantity_info.ts";
import type { HeatmapDriver } from "./heatmap_driver.ts";
import { saveHeatmap } from "./save_heatmap.ts";
import { rememberTrades } from "./trades/mod.ts";

/** What buttons and keys can do. */
export interface Actions {
  setQuantity(quantity: Quantity): void;
  nextPalette(): void;
  toggleFollow(): void;
  toggleHelp(): void;
  /** Draws trades or none. */
  toggleTrades(): void;
  /** The same, and the least contracts of a mark; remembered for the next visit. */
  setTrades(isShown: boolean, minQty: number): void;
  newest(): void;
  oldest(): void;
  /** Pauses a running feed, resumes a paused one. */
  togglePause(): void;
  /** Gives the browser the picture to save. */
  savePicture(): void;
  /** Steps a paused feed by bins; a negative count seeks back. */
  step(bins: number): void;
  /** Gives up the seek of a recording that is under way. Returns false when none is. */
  cancelSeek(): boolean;
}

const MEMORY = "lotus.palette";

/** The palette that was chosen last, if it still exists. */
function rememberedPalette(): PaletteName | null {
  try {
    return PALETTES.find((name) => name === localStorage.getItem(MEMORY)) ?? null;
  } catch {
    return null; // storage is refused in some private windows
  }
}

/** Paints with the palette that was chosen last. */
export function restorePalette(driver: HeatmapDriver): void {
  const palette = rememberedPalette();
  if (palette === null) return;
  driver.state.palette.value = palette;
  driver.repaint();
}

/** Returns the actions of a driver. */
export function createActions(driver: HeatmapDriver): Actions {
  const { state } = driver;
  const setTrades = (isShown: boolean, minQty: number) => {
    state.showTrades.value = isShown;
    state.minTradeQty.value = minQty;
    driver.showTrades();
    rememberTrades({ isShown, minQty });
  };
  return {
    setQuantity(quantity) {
      if (!QUANTITIES.includes(quantity)) return;
      state.quantity.value = quantity;
      driver.fitClip();
    },
    nextPalette() {
      const next = (PALETTES.indexOf(state.palette.value) + 1) % PALETTES.length;
      state.palette.value = PALETTES[next]!;
      driver.repaint();
      try {
        localStorage.setItem(MEMORY, state.palette.value);
      } catch {
        // storage is refused in some private windows; the choice then lasts as long as the page
      }
    },
    toggleFollow() {
      const on = !(driver.picture?.followsSpot ?? false);
      driver.picture?.setFollowSpot(on);
      state.followSpot.value = on;
    },
    toggleHelp() {
      state.helpOpen.value = !state.helpOpen.value;
    },
    toggleTrades: () => setTrades(!state.showTrades.value, state.minTradeQty.value),
    setTrades,
    savePicture: () => saveHeatmap(driver),
    newest() {
      driver.picture?.jump(true);
      state.behindMs.value = 0;
    },
    oldest() {
      driver.picture?.jump(false);
    },
    togglePause() {
      const phase = state.feed.value?.phase;
      if (phase === "live") void driver.command({ op: "pause" });
      else if (phase === "paused") void driver.command({ op: "resume" });
    },
    cancelSeek() {
      const feed = state.feed.value;
      if (feed?.kind !== "replay" || feed.phase !== "seeking") return false;
      void driver.command({ op: "cancel" });
      return true;
    },
    step(bins) {
      const feed = state.feed.value;
      if (bins > 0) void driver.command({ op: "step", bins });
      else if (feed?.kind === "replay" && feed.nowNs !== null) {
        const cellNs = BigInt(driver.history?.config.cellMs ?? 100) * 1_000_000n;
        const target = BigInt(feed.nowNs) + BigInt(bins) * cellNs;
        void driver.command({ op: "seek", tsNs: target.toString() });
      }
    },
  };
}
