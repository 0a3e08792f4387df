import { type PaletteName, PALETTES } from "../canvas/mod.ts";
import { QUANTITIES, type Quantity } from "./quantity_info.ts";
import type { Terminal } from "./terminal.ts";

/** What buttons and keys can do. */
export interface Actions {
  setQuantity(quantity: Quantity): void;
  nextPalette(): void;
  toggleFollow(): void;
  toggleHelp(): void;
  newest(): void;
  oldest(): void;
  /** Pauses a running feed, resumes a paused one. */
  togglePause(): void;
  /** Steps a paused feed by bins; a negative count seeks back. */
  step(bins: number): void;
}

const MEMORY = "lotus.palette";

/** Returns the palette that was chosen last, if it still exists. */
export function rememberedPalette(): PaletteName | null {
  try {
    return PALETTES.find((name) => name === localStorage.getItem(MEMORY)) ?? null;
  } catch {
    return null; // storage is refused in some private windows
  }
}

/** Returns the actions of a terminal. */
export function createActions(terminal: Terminal): Actions {
  const { state } = terminal;
  return {
    setQuantity(quantity) {
      if (!QUANTITIES.includes(quantity)) return;
      state.quantity.value = quantity;
      terminal.fitClip();
    },
    nextPalette() {
      const next = (PALETTES.indexOf(state.palette.value) + 1) % PALETTES.length;
      state.palette.value = PALETTES[next]!;
      terminal.repaint();
      try {
        localStorage.setItem(MEMORY, state.palette.value);
      } catch {
        // storage is refused in some private windows; the choice then lasts as long as the page
      }
    },
    toggleFollow() {
      const on = !(terminal.heatmap?.followsSpot ?? false);
      terminal.heatmap?.setFollowSpot(on);
      state.followSpot.value = on;
    },
    toggleHelp() {
      state.helpOpen.value = !state.helpOpen.value;
    },
    newest() {
      terminal.heatmap?.jump(true);
      state.behindMs.value = 0;
    },
    oldest() {
      terminal.heatmap?.jump(false);
    },
    togglePause() {
      const phase = state.feed.value?.phase;
      if (phase === "live") void terminal.command({ op: "pause" });
      else if (phase === "paused") void terminal.command({ op: "resume" });
    },
    step(bins) {
      const feed = state.feed.value;
      if (bins > 0) void terminal.command({ op: "step", bins });
      else if (feed?.kind === "replay" && feed.nowNs !== null) {
        const cellNs = BigInt(terminal.history?.config.cellMs ?? 100) * 1_000_000n;
        const target = BigInt(feed.nowNs) + BigInt(bins) * cellNs;
        void terminal.command({ op: "seek", tsNs: target.toString() });
      }
    },
  };
}
