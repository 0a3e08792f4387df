import { Component, type ComponentChildren } from "preact";
import { roomOrder } from "../columns.ts";
import type { AnyColumn } from "../paint_row.ts";
import type { TapeRow } from "../rows.ts";

/** The rows as the server draws them, before the page's own painter takes over: rules hide what has no room. */
export function FirstRows(
  { rows, columns }: { readonly rows: readonly TapeRow[]; readonly columns: readonly AnyColumn[] },
) {
  if (rows.length === 0) {
    return <>{Array.from({ length: 12 }, (_, i) => <div key={i} class="tr skeleton" />)}</>;
  }
  const room = roomOrder(columns);
  return (
    <div class="first-rows">
      {rows.map((row) => (
        <div key={row.id} role="row" class="tr">
          {columns.map((column) => (
            <span
              key={column.id}
              role="gridcell"
              class={`c${column.isText === true ? " words" : ""} ${column.tone?.(row) ?? ""}`}
              data-room={room.get(column.id)}
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
