import { useEffect, useRef } from "preact/hooks";
import type { ScreenAge, ScreenState } from "../clock/mod.ts";

/** What a badge says; a picture may know kinds of its own. */
export interface BadgeState extends Omit<ScreenState, "kind"> {
  readonly kind: string;
}

interface ScreenBadgeProps {
  readonly screen: ScreenAge;
  /** What is true of the picture now. */
  readonly read: () => BadgeState;
  /** Class of the element. */
  readonly class: string;
  /** Told of the kind whenever the badge is written. */
  readonly onKind?: (kind: string) => void;
}

/** A badge that stands for longer than this is written anew, ms. */
const WRITE_EVERY_MS = 250;
/** A drawing that changes the age by more than this is told in its own frame, ms. */
const TELL_FROM_MS = 50;

const SHAPES: Readonly<Record<string, string>> = {
  loading: "○",
  making: "◔",
  live: "●",
  late: "◐",
  quiet: "○",
  stale: "◌",
  invalid: "▲",
  paused: "❚❚",
  held: "◧",
  seeking: "»",
  ended: "■",
  reconnecting: "↻",
  replay: "◷",
  error: "✕",
};

/** Badges that are looked at together: each at a time of its own would be a frame of its own. */
const looks = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** Looks so often whether a badge is to be written. Returns the undo. */
function lookOften(look: () => void): () => void {
  looks.add(look);
  timer ??= setInterval(() => {
    if (!document.hidden) { for (const one of looks) one(); }
  }, WRITE_EVERY_MS);
  return () => {
    looks.delete(look);
    if (looks.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/**
 * How old a picture is, in words. The text is set directly, in the frame that drew the picture: a page
 * that is too busy to keep up would else tell the age of a picture that is no longer there.
 */
export function ScreenBadge({ screen, read, class: name, onKind }: ScreenBadgeProps) {
  const box = useRef<HTMLSpanElement>(null);
  const reader = useRef(read);
  reader.current = read;
  useEffect(() => {
    const element = box.current!;
    let wroteAtMs = -Infinity;
    let ageMs: number | null = null;
    const write = (now: number) => {
      const state = reader.current();
      wroteAtMs = now;
      ageMs = state.ageMs;
      show(element, state);
      onKind?.(state.kind);
    };
    const onDrawn = () => {
      const now = performance.now();
      const shownMs = (ageMs ?? 0) + now - wroteAtMs;
      const { ageMs: isMs } = screen.state();
      const isOld = Math.max(shownMs, isMs ?? 0) > WRITE_EVERY_MS;
      const isOff = isMs === null || Math.abs(isMs - shownMs) > TELL_FROM_MS;
      if (now - wroteAtMs >= WRITE_EVERY_MS || (isOld && isOff)) write(now);
    };
    write(performance.now());
    // Whatever else the frame sets in motion comes before: the number is to be that of its end.
    const unwatch = screen.watch(() => queueMicrotask(onDrawn));
    const unlook = lookOften(() => {
      const now = performance.now();
      if (now - wroteAtMs >= WRITE_EVERY_MS) write(now);
    });
    return () => {
      unwatch();
      unlook();
    };
  }, [screen]);
  return (
    <span class={name} data-kind="loading" ref={box}>
      <span aria-hidden="true">○</span>
      <span class="words">
        <span role="status">Loading</span>
        <span aria-hidden="true" />
      </span>
    </span>
  );
}

function show(element: HTMLElement, { kind, word, detail, ageMs }: BadgeState): void {
  const [shape, words] = element.children;
  const [said, seen] = words!.children;
  element.dataset["ageMs"] = ageMs === null ? "" : `${Math.round(ageMs)}`;
  setText(seen!, detail);
  setText(said!, word);
  setText(shape!, SHAPES[kind] ?? "○");
  if (element.dataset["kind"] !== kind) element.dataset["kind"] = kind;
}

function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
