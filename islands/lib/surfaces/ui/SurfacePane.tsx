import { useEffect, useRef } from "preact/hooks";
import { attachPointer, attachWheel } from "../../canvas/mod.ts";
import { Stamp } from "../../pane/mod.ts";
import { EXCHANGE_ZONE_LABEL, exchangeClock, spanText } from "../../text/mod.ts";
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
  const plot = useRef<HTMLDivElement>(null);
  const base = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const stop = driver.start(base.current!, overlay.current!, source());
    const box = plot.current!;
    const view = driver.picture!;
    const fit = () => view.resize(box.clientWidth, box.clientHeight, globalThis.devicePixelRatio);
    const observer = new ResizeObserver(fit);
    observer.observe(box);
    fit();
    const undo = [
      attachPointer(box, view),
      attachWheel(box, view),
      attachClick(box, driver, actions),
    ];
    return () => {
      for (const detach of undo) detach();
      observer.disconnect();
      stop();
    };
  }, []);
  return (
    <section class="pane heat surfaces" aria-label="Surfaces">
      <LayerBar driver={driver} actions={actions} />
      <div
        class="plot"
        ref={plot}
        tabIndex={0}
        role="group"
        aria-label="Surfaces. The arrows move the crosshair, Enter chooses a second."
      >
        <canvas
          class="base"
          ref={base}
          role="img"
          aria-label="Price ticks over seconds, coloured by the chosen layers; gamma by strike at the right"
        />
        <canvas class="overlay" ref={overlay} aria-hidden="true" />
        <p class="sr" role="status">{state.spoken.value}</p>
        <Marks driver={driver} actions={actions} />
        <ProfileCaption driver={driver} />
        <SurfaceReadout driver={driver} />
      </div>
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
  const behind = state.behindMs.value;
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
        {behind > 0 && (
          <button type="button" class="mark strong" onClick={actions.newest}>
            {spanText(behind)} back · End returns
          </button>
        )}
        {!state.followSpot.value && (
          <button type="button" class="mark" onClick={actions.toggleFollow}>
            Price axis held · L follows
          </button>
        )}
        <PinMark driver={driver} actions={actions} />
      </div>
      {health.plate !== null && (
        <div class="plate" data-kind={health.kind}>
          <p>{health.plate}</p>
          {health.note !== null && <p class="note">{health.note}</p>}
          {health.kind === "reconnecting" && (
            <button
              type="button"
              onClick={() => driver.reconnect()}
            >
              Try now
            </button>
          )}
          {state.link.value.kind === "absent" && (
            <button
              type="button"
              onClick={() => location.reload()}
            >
              Load the page again
            </button>
          )}
        </div>
      )}
    </>
  );
}
