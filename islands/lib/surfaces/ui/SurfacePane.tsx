import { useEffect, useRef } from "preact/hooks";
import { Stamp } from "../../pane/mod.ts";
import { PlotCanvases, ReloadButton, RetryButton, ViewMarks } from "../../picture/ui/mod.ts";
import { EXCHANGE_ZONE_LABEL, exchangeClock } from "../../text/mod.ts";
import type { Actions } from "../actions.ts";
import { ASSUMPTION_WORDS } from "../assumption_words.ts";
import type { SurfaceDriver, SurfaceSource } from "../surface_driver.ts";
import { LayerBar } from "./LayerBar.tsx";
import { PinMark } from "./PinMark.tsx";
import { SurfaceReadout } from "./SurfaceReadout.tsx";

/** What the pane is made with. */
export interface SurfacePaneProps {
  readonly driver: SurfaceDriver;
  readonly actions: Actions;
  readonly source: () => SurfaceSource;
}

/** A press that moves by more than this is a drag, CSS pixels. */
const CLICK_PX = 6;

/** Lets a click choose the second under it. Returns the undo. */
function attachClick(box: HTMLElement, driver: SurfaceDriver, actions: Actions): () => void {
  let from: readonly [number, number] | null = null;
  const undo = new AbortController();
  const { signal } = undo;
  box.addEventListener("pointerdown", ({ clientX, clientY, target }) => {
    const isControl = target instanceof Element && target.closest("button, a") !== null;
    from = isControl ? null : [clientX, clientY];
  }, { signal });
  box.addEventListener("click", ({ clientX, clientY, detail }) => {
    if (from === null || detail !== 1) return;
    if (Math.hypot(clientX - from[0], clientY - from[1]) > CLICK_PX) return;
    const second = driver.picture?.hover()?.position ?? null;
    actions.pin(second === driver.state.pinned.value ? null : second);
  }, { signal });
  return () => undo.abort();
}

/** The surfaces over time with layers, marks and crosshair readout. */
export function SurfacePane({ driver, actions, source }: SurfacePaneProps) {
  const { state } = driver;
  return (
    <section class="pane heat surfaces" aria-label="Surfaces">
      <LayerBar driver={driver} actions={actions} />
      <PlotCanvases
        label="Surfaces. The arrows move the crosshair, Enter chooses a second."
        pictureLabel="Price ticks over seconds, coloured by the chosen layers; gamma by strike at the right"
        spoken={state.spoken.value}
        start={(base, overlay) => driver.start(base, overlay, source())}
        picture={() => driver.picture}
        attach={(box) => attachClick(box, driver, actions)}
      >
        <Marks driver={driver} actions={actions} />
        <ProfileCaption driver={driver} />
        <SurfaceReadout driver={driver} />
      </PlotCanvases>
    </section>
  );
}

/** Over the gamma profile: whose gamma, in what unit, and whether it is supposed. */
function ProfileCaption({ driver }: { readonly driver: SurfaceDriver }) {
  const { state } = driver;
  state.beat.value;
  if (driver.picture === null || driver.store.last < 0) return null;
  const { profileWidth, gutterWidth, dpr } = driver.picture.layout;
  const isSupposed = state.supposedPoints.value !== null;
  const style = { right: `${gutterWidth / dpr}px`, width: `${profileWidth / dpr}px` };
  return (
    <div class="profile-caption" style={style} data-supposed={isSupposed ? "" : undefined}>
      <b>{isSupposed ? "What if" : "Gamma"}</b> <span>USD/pt²</span>
      <p>{ASSUMPTION_WORDS[state.assumption.value]}</p>
    </div>
  );
}

/** Marks over the picture: what market it is, what is wrong, how far back the view lies. */
function Marks({ driver, actions }: Pick<SurfacePaneProps, "driver" | "actions">) {
  const { state } = driver;
  state.beat.value;
  const health = driver.health();
  const provenance = driver.provenance.value;
  const marks = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The canvases beside are greyed by this.
    marks.current!.parentElement!.dataset["health"] = health.kind;
  }, [health.kind]);
  return (
    <>
      <div class="marks" ref={marks}>
        {provenance !== null && (
          <span class="mark">
            <Stamp of={provenance} />
          </span>
        )}
        {driver.store.last >= 0 && (
          <span class="mark assumed">
            Gamma, USD/pt²: {ASSUMPTION_WORDS[state.assumption.value]}
          </span>
        )}
        {health.kind === "replay" && health.plate === null && (
          <span class="mark strong mono">
            ◷ {exchangeClock(driver.nowMs() ?? 0)} {EXCHANGE_ZONE_LABEL}
          </span>
        )}
        {health.kind === "paused" && <span class="mark strong">❚❚ Paused</span>}
        {state.status.value?.hasOptions === false && (
          <span class="mark">No options in this market: gamma and options stay empty</span>
        )}
        <ViewMarks state={state} actions={actions} />
        <PinMark driver={driver} actions={actions} />
      </div>
      {health.plate !== null && (
        <div class="plate" data-kind={health.kind}>
          <p>{health.plate}</p>
          {health.note !== null && <p class="note">{health.note}</p>}
          {health.kind === "reconnecting" && <RetryButton retry={() => driver.reconnect()} />}
          {state.link.value.kind === "absent" && <ReloadButton />}
        </div>
      )}
    </>
  );
}
