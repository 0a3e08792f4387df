import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useDialog } from "../pane/mod.ts";
import { TOUR, type TourStep } from "./tour_steps.ts";

/** Room between what is pointed at, the card and the edges, px. */
const GAP = 8;

interface Stop {
  readonly step: TourStep;
  readonly element: Element;
}

function isVisible(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  return width > 0 && height > 0;
}

/** The stops whose place one can see on this page. */
function stopsOf(): readonly Stop[] {
  return TOUR.flatMap((step) => {
    const element = step.at
      .flatMap((selector) => [...document.querySelectorAll(selector)])
      .find(isVisible);
    return element === undefined ? [] : [{ step, element }];
  });
}

/** Where a card of a size stands so that it hides as little as it can of a place, in the page's px. */
function cardPlace(place: DOMRect, card: DOMRect): { readonly left: number; readonly top: number } {
  const clamp = (at: number, size: number, most: number) =>
    Math.max(GAP, Math.min(at, most - size - GAP));
  const fits = (at: number, size: number, most: number) => at >= GAP && at + size + GAP <= most;
  const below = place.bottom + GAP;
  const above = place.top - card.height - GAP;
  const right = place.right + GAP;
  const left = place.left - card.width - GAP;
  if (fits(below, card.height, innerHeight)) {
    return { left: clamp(place.left, card.width, innerWidth), top: below };
  }
  if (fits(above, card.height, innerHeight)) {
    return { left: clamp(place.left, card.width, innerWidth), top: above };
  }
  // Beside it; where there is no room at all, over its foot.
  const side = fits(right, card.width, innerWidth) ? right : left;
  const top = fits(side, card.width, innerWidth) ? place.top : place.bottom - card.height - 2 * GAP;
  return {
    left: clamp(side, card.width, innerWidth),
    top: clamp(top, card.height, innerHeight),
  };
}

/** Leads over the page, one stop after the other; Escape ends it. @param onEnd Told when it is over. */
export function Tour({ onEnd }: { readonly onEnd: () => void }) {
  const dialog = useDialog(true);
  const ring = useRef<HTMLDivElement>(null);
  const card = useRef<HTMLDivElement>(null);
  const [stops] = useState(stopsOf);
  const [at, setAt] = useState(0);
  const stop = stops[at];
  useLayoutEffect(() => {
    const fit = () => {
      if (stop === undefined || ring.current === null || card.current === null) return;
      const place = stop.element.getBoundingClientRect();
      const style = ring.current.style;
      [style.left, style.top] = [`${place.left}px`, `${place.top}px`];
      [style.width, style.height] = [`${place.width}px`, `${place.height}px`];
      const { left, top } = cardPlace(place, card.current.getBoundingClientRect());
      [card.current.style.left, card.current.style.top] = [`${left}px`, `${top}px`];
    };
    fit();
    addEventListener("resize", fit);
    return () => removeEventListener("resize", fit);
  }, [at]);
  const isLast = at === stops.length - 1;
  const go = (by: 1 | -1) => setAt(Math.max(0, Math.min(stops.length - 1, at + by)));
  return (
    <dialog
      class="tour"
      ref={dialog}
      aria-labelledby="tour-title"
      aria-describedby="tour-text"
      onClose={onEnd}
      onKeyDown={(event) => {
        event.stopPropagation(); // the page's own keys would act behind it
        if (event.key === "ArrowRight") go(1);
        else if (event.key === "ArrowLeft") go(-1);
      }}
    >
      <div class="tour-ring" ref={ring} aria-hidden="true" />
      <div class="tour-card" ref={card}>
        <h2 id="tour-title">{stop?.step.title ?? "Nothing to show here"}</h2>
        <p id="tour-text" role="status">{stop?.step.text}</p>
        <div class="row">
          <span class="note mono">{at + 1} of {stops.length}</span>
          <span class="grow" />
          <button type="button" onClick={() => dialog.current?.close()}>Skip</button>
          <button type="button" disabled={at === 0} onClick={() => go(-1)}>Back</button>
          <button
            type="button"
            class="primary"
            autofocus
            onClick={() => isLast ? dialog.current?.close() : go(1)}
          >
            {isLast ? "Done" : "Next"}
          </button>
        </div>
      </div>
    </dialog>
  );
}
