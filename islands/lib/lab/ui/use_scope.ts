import { type Signal, useSignal } from "@preact/signals";
import { type RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { attachPointer, attachWheel } from "../../canvas/mod.ts";
import { hasGateEvent } from "../gate_motion.ts";
import { attachKeyboard } from "../keyboard.ts";
import { scopeFacts } from "../scope_facts.ts";
import { FIRST_ZOOM, type ScopeSnapshot } from "../scope_snapshot.ts";
import { MediumScopeView } from "../scope_view.ts";
import { readingSentence, scopeSummary } from "../scope_words.ts";
import type { Reading } from "./reading.ts";

/** The picture is told anew after so long, ms, unless a wall has changed. */
const TOLD_MS = 10_000;

/** A scope on the page: its elements, to be put there, and what stands beside the picture. */
export interface ScopeOnPage {
  readonly root: RefObject<HTMLElement>;
  /** Holds the canvases. */
  readonly box: RefObject<HTMLDivElement>;
  readonly view: RefObject<MediumScopeView>;
  readonly reading: Signal<Reading | null>;
  readonly zoom: Signal<number>;
  readonly isTableOpen: Signal<boolean>;
  /** What was said last to those who hear the screen. */
  readonly spoken: Signal<string>;
}

/** Draws a snapshot on the canvases of a box, and lets pointer, wheel and keys work it. */
export function useScope(snapshot: ScopeSnapshot): ScopeOnPage {
  const root = useRef<HTMLElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<MediumScopeView>(null);
  const reading = useSignal<Reading | null>(null);
  const zoom = useSignal(FIRST_ZOOM);
  const isTableOpen = useSignal(false);
  const spoken = useSpoken(snapshot);
  useEffect(() => {
    const onPaint = (scope: MediumScopeView) => {
      const sample = scope.reading;
      reading.value = sample === null ? null : { sample, gate: scope.selected };
      zoom.value = scope.view.zoom;
      Object.assign(root.current!.dataset, scopeFacts(scope));
    };
    const canvases = [...box.current!.querySelectorAll("canvas")];
    const scope = view.current = new MediumScopeView(canvases, snapshot, onPaint);
    const undo = attach(root.current!, box.current!, scope, {
      toggleTable: () => isTableOpen.value = !isTableOpen.value,
      letGo: () => isTableOpen.value ? isTableOpen.value = false : scope.setCrosshair(null),
      sayReading: () => {
        if (scope.reading !== null) spoken.value = readingSentence(scope.reading, scope.selected);
      },
    });
    return () => {
      undo();
      scope.close();
    };
  }, []);
  useEffect(() => view.current?.show(snapshot), [snapshot]);
  return { root, box, view, reading, zoom, isTableOpen, spoken };
}

/** The picture in words, told every ten seconds and when a wall changes. */
function useSpoken(snapshot: ScopeSnapshot) {
  const spoken = useSignal("");
  const told = useRef({ snapshot, atMs: -Infinity });
  useEffect(() => {
    const nowMs = performance.now();
    const isDue = nowMs - told.current.atMs >= TOLD_MS ||
      hasGateEvent(told.current.snapshot, snapshot);
    if (!isDue) return;
    told.current = { snapshot, atMs: nowMs };
    spoken.value = scopeSummary(snapshot);
  }, [snapshot]);
  return spoken;
}

/** Fits a scope to its box, and lets pointer, wheel and keys work it. Returns the undo. */
function attach(
  root: HTMLElement,
  box: HTMLElement,
  scope: MediumScopeView,
  actions: Parameters<typeof attachKeyboard>[2],
): () => void {
  const fit = () => {
    const { clientWidth, clientHeight } = box;
    // A pane that is not shown has no size.
    if (clientWidth > 0) scope.resize(clientWidth, clientHeight, globalThis.devicePixelRatio);
  };
  const observer = new ResizeObserver(fit);
  observer.observe(box);
  fit();
  const hand = scope.hand();
  const undo = [
    attachPointer(box, hand),
    attachWheel(box, hand),
    attachKeyboard(root, scope, actions),
    () => observer.disconnect(),
  ];
  return () => undo.forEach((detach) => detach());
}
