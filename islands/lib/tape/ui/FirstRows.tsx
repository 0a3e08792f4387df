import { Component, type ComponentChildren } from "preact";
import { fitColumns } from "../columns.ts";
import type { AnyColumn } from "../paint_row.ts";
import type { TapeRow } from "../rows.ts";

/** Width that the first columns are chosen for, px: most panes of the first layout are as wide. */
const FIRST_WIDTH = 400;

/** The rows as the server draws them, before the page's own painter takes over. */
export function FirstRows(
  { rows, columns }: { readonly rows: readonly TapeRow[]; readonly columns: readonly AnyColumn[] },
) {
  if (rows.length === 0) {
    return <>{Array.from({ length: 12 }, (_, i) => <div key={i} class="tr skeleton" />)}</>;
  }
  const shown = fitColumns(columns, FIRST_WIDTH);
  return (
    <div class="first-rows">
      {rows.map((row) => (
        <div key={row.id} role="row">
          {shown.map((column) => (
            <span
              key={column.id}
              role="gridcell"
              class={`c${column.isText === true ? " words" : ""} ${column.tone?.(row) ?? ""}`}
            >
              {column.text(row)}
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}

/** Keeps the hands of the renderer off what the painter draws. */
export class Still extends Component<{ readonly children: ComponentChildren }> {
  override shouldComponentUpdate(): boolean {
    return false;
  }

  override render(): ComponentChildren {
    return this.props.children;
  }
}
