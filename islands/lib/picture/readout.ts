import type { GridPicture, HoverCell, PlotArea } from "../canvas/mod.ts";

type Picture = GridPicture<PlotArea>;

/**
 * Shows what lies under the crosshair: texts go to the elements whose `data-cell` names them, a dash where
 * there is none. Hidden while there is no cell.
 *
 * @param textsOf Texts of a cell, by name.
 */
export function writeReadout(
  root: HTMLElement,
  picture: Picture | null,
  textsOf: (cell: HoverCell) => ReadonlyMap<string, string>,
): void {
  const cell = picture?.hover() ?? null;
  if (cell === null || picture === null) {
    if (!root.hidden) root.hidden = true;
    return;
  }
  root.hidden = false;
  const texts = textsOf(cell);
  place(root, picture);
  for (const element of root.querySelectorAll<HTMLElement>("[data-cell]")) {
    const text = texts.get(element.dataset["cell"] ?? "") ?? "–";
    if (element.textContent !== text) element.textContent = text;
  }
}

/** Puts the readout where the pointer is not: in the other half of the columns, or of the height. */
function place(root: HTMLElement, { layout, pointer }: Picture): void {
  if (pointer === null) return;
  const { dataWidth, plotHeight, dpr } = layout;
  const room = dataWidth / dpr;
  const own = root.offsetWidth;
  const fits = room >= 2 * own + 32;
  root.style.left = fits && pointer.x < dataWidth / 2 ? `${room - own - 8}px` : "8px";
  const low = !fits && pointer.y < plotHeight / 2;
  root.style.top = low ? `${plotHeight / dpr - root.offsetHeight - 8}px` : fits ? "40px" : "8px";
}
