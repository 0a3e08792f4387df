import { useEffect, useRef } from "preact/hooks";
import { ASSUMPTION_WORDS } from "../assumption_words.ts";
import { cellFacts } from "../cell_facts.ts";
import type { SurfaceDriver } from "../surface_driver.ts";
import type { SurfaceView } from "../surface_view.ts";

const TICK_ROWS = [
  ["velocity", "Velocity"],
  ["wall", "Wall"],
  ["vacuum", "Vacuum"],
  ["physics", "Ease"],
  ["radar", "Radar"],
] as const;
const STRIKE_ROWS = [
  ["options", "Options"],
  ["calls", "Gamma, calls"],
  ["puts", "Gamma, puts"],
  ["dealers", "Dealers"],
  ["zero", "Zero gamma"],
] as const;

/** Every layer's value under the crosshair. Its texts are set directly, once per drawn frame. */
export function SurfaceReadout({ driver }: { readonly driver: SurfaceDriver }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => driver.watch(() => showCell(box.current!, driver)), []);
  return (
    <div class="readout" ref={box} hidden aria-hidden="true">
      <div class="where mono">
        <b data-cell="price" />
        <span data-cell="away" />
      </div>
      <p class="mono" data-cell="time" />
      <dl class="mono">
        {TICK_ROWS.map(([name, label]) => (
          <>
            <dt key={label}>{label}</dt>
            <dd key={name} data-cell={name} />
          </>
        ))}
      </dl>
      <p class="strike mono">
        Strike <b data-cell="strike" />, {ASSUMPTION_WORDS[driver.state.assumption.value]}
      </p>
      <dl class="mono">
        {STRIKE_ROWS.map(([name, label]) => (
          <>
            <dt key={label}>{label}</dt>
            <dd key={name} data-cell={name} />
          </>
        ))}
      </dl>
      <p class="source" data-cell="source" />
    </div>
  );
}

function showCell(root: HTMLElement, { picture: view, store, state }: SurfaceDriver): void {
  const cell = view?.hover() ?? null;
  if (cell === null || view === null) {
    if (!root.hidden) root.hidden = true;
    return;
  }
  root.hidden = false;
  place(root, view);
  const { position, level } = cell;
  const assumption = state.assumption.peek();
  const texts = cellFacts(store, position, level, assumption, (tick) => view.priceText(tick));
  for (const element of root.querySelectorAll<HTMLElement>("[data-cell]")) {
    const text = texts.get(element.dataset["cell"]!) ?? "–";
    if (element.textContent !== text) element.textContent = text;
  }
}

/** Puts the readout where the pointer is not: in the other half of the columns, or of the height. */
function place(root: HTMLElement, view: SurfaceView): void {
  const { dataWidth, plotHeight, dpr } = view.layout;
  const pointer = view.pointer!;
  const room = dataWidth / dpr;
  const own = root.offsetWidth;
  const fits = room >= 2 * own + 32;
  root.style.left = fits && pointer.x < dataWidth / 2 ? `${room - own - 8}px` : "8px";
  const low = !fits && pointer.y < plotHeight / 2;
  root.style.top = low ? `${plotHeight / dpr - root.offsetHeight - 8}px` : fits ? "40px" : "8px";
}
