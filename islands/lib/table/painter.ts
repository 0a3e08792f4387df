import type { TableColumn } from "./column.ts";

/** What the painter draws, by newness: 0 is the topmost row. */
export interface RowSource<R> {
  readonly size: number;
  at(index: number): R | undefined;
}

/** What rows are apart from their columns. */
export interface RowKind<R> {
  readonly idOf: (row: R) => string;
  /** Goes up whenever a row that stays the same object says something else. */
  readonly stampOf: (row: R) => number;
  /** The one text of a row that has no cells; null for all others. */
  readonly wholeText: (row: R) => string | null;
}

/** How single rows stand out. */
export interface RowMarks<R> {
  /** Classes of the row, by its id; the text of the row says the same. */
  classOf(row: R): string;
  /** What the row is beyond its cells, for its tooltip and for those who hear it. */
  noteOf(row: R): string;
  /** Goes up when answers for rows already drawn may differ. */
  readonly version: number;
}

/** Rows drawn above and below what is in sight. */
const OVERSCAN = 6;

interface Drawn<R> {
  readonly element: HTMLElement;
  row: R;
  y: number;
  index: number;
  stamp: number;
}

/**
 * Draws the rows in sight straight into the document. An element stays with its row and only moves; an
 * element whose row left is given to the next new row. So one commit costs as much as rows are new.
 */
export class RowPainter<R> {
  readonly #box: HTMLElement;
  readonly #drawn = new Map<R, Drawn<R>>();
  readonly #spare: HTMLElement[] = [];
  readonly #kind: RowKind<R>;
  readonly #prefix: string;
  #columns: readonly TableColumn<R>[] = [];
  #height = -1;

  /** @param prefix Start of the rows' element ids, unique on the page. */
  constructor(box: HTMLElement, prefix: string, kind: RowKind<R>) {
    this.#box = box;
    this.#kind = kind;
    this.#prefix = prefix;
    box.replaceChildren();
  }

  /** Draws other columns; all rows are made anew. */
  setColumns(columns: readonly TableColumn<R>[]): void {
    if (columns === this.#columns) return;
    this.#columns = columns;
    this.#box.replaceChildren();
    this.#drawn.clear();
    this.#spare.length = 0;
  }

  /** Draws what lies in sight. @param rowPx Height of a row. */
  paint(
    source: RowSource<R>,
    marks: RowMarks<R>,
    selected: string | null,
    rowPx: number,
    scrollTop: number,
    heightPx: number,
  ): void {
    const total = source.size * rowPx;
    if (total !== this.#height) {
      this.#height = total;
      this.#box.style.height = `${total}px`;
    }
    const from = Math.max(0, Math.floor(scrollTop / rowPx) - OVERSCAN);
    const to = Math.min(source.size, Math.ceil((scrollTop + heightPx) / rowPx) + OVERSCAN);
    const wanted = new Map<R, number>();
    for (let index = from; index < to; index++) {
      const row = source.at(index);
      if (row !== undefined) wanted.set(row, index);
    }
    for (const [row, drawn] of this.#drawn) {
      if (wanted.has(row)) continue;
      this.#drawn.delete(row);
      this.#spare.push(drawn.element);
    }
    for (const [row, index] of wanted) this.#place(row, index, marks, selected, rowPx);
    for (const element of this.#spare) element.hidden = true;
  }

  /** Element id of a row that is drawn, for `aria-activedescendant`. */
  elementId(row: R): string | null {
    return this.#drawn.get(row)?.element.id ?? null;
  }

  /** Row that an element of the page belongs to. */
  rowAt(target: Element): R | null {
    const element = target.closest("[data-row]");
    for (const drawn of this.#drawn.values()) if (drawn.element === element) return drawn.row;
    return null;
  }

  #place(
    row: R,
    index: number,
    marks: RowMarks<R>,
    selected: string | null,
    rowPx: number,
  ): void {
    const isSelected = this.#kind.idOf(row) === selected;
    const stamp = (this.#kind.stampOf(row) + marks.version * 1e6) * 2 + (isSelected ? 1 : 0);
    let drawn = this.#drawn.get(row);
    if (drawn === undefined) {
      const element = this.#spare.pop() ?? this.#make();
      element.hidden = false;
      drawn = { element, row, y: -1, index: -1, stamp: -1 };
      this.#drawn.set(row, drawn);
    }
    if (drawn.stamp !== stamp) {
      drawn.stamp = stamp;
      this.#fill(drawn.element, row, marks, isSelected);
    }
    const y = index * rowPx;
    if (drawn.y !== y) {
      drawn.y = y;
      drawn.element.style.transform = `translateY(${y}px)`;
    }
    if (drawn.index !== index) {
      drawn.index = index;
      drawn.element.setAttribute("aria-rowindex", `${index + 2}`);
    }
  }

  #make(): HTMLElement {
    const element = document.createElement("div");
    element.setAttribute("role", "row");
    element.dataset["row"] = "";
    element.id = `${this.#prefix}-${this.#box.childElementCount}`;
    for (let i = 0; i < this.#columns.length; i++) {
      const cell = document.createElement("span");
      cell.setAttribute("role", "gridcell");
      element.append(cell);
    }
    this.#box.append(element);
    return element;
  }

  #fill(element: HTMLElement, row: R, marks: RowMarks<R>, isSelected: boolean): void {
    element.className = `tr ${marks.classOf(row)}`;
    element.setAttribute("aria-selected", isSelected ? "true" : "false");
    const note = marks.noteOf(row);
    if (note === "") element.removeAttribute("title");
    else element.title = note;
    const cells = element.children;
    const whole = this.#kind.wholeText(row);
    if (whole !== null) {
      for (let i = 0; i < cells.length; i++) setCell(cells[i] as HTMLElement, "", "c");
      setCell(cells[0] as HTMLElement, whole, "c words gap-text");
      return;
    }
    for (let i = 0; i < cells.length; i++) {
      const column = this.#columns[i];
      if (column === undefined) continue;
      const tone = column.tone?.(row) ?? "";
      setCell(
        cells[i] as HTMLElement,
        column.text(row),
        `c${column.isText === true ? " words" : ""}${tone === "" ? "" : ` ${tone}`}`,
      );
    }
  }
}

function setCell(cell: HTMLElement, text: string, className: string): void {
  if (cell.textContent !== text) cell.textContent = text;
  if (cell.className !== className) cell.className = className;
}
