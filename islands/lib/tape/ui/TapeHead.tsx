import type { TapeController } from "../controller.ts";
import { roomOrder } from "../columns.ts";
import type { AnyColumn } from "../paint_row.ts";
import type { TapeFilter } from "../tape_filter.ts";

interface TapeHeadProps {
  readonly tape: TapeController;
  /** Every column: rules hide those that have no room until the tape knows its width. */
  readonly all: readonly AnyColumn[];
  readonly filter: TapeFilter;
  readonly change: (next: Partial<TapeFilter>) => void;
}

/** Names of the columns; those with a figure sort by it. */
export function TapeHead({ tape, all, filter, change }: TapeHeadProps) {
  const { sort } = filter;
  const fitted = tape.columns.value;
  const isFirst = fitted.length === 0;
  const room = roomOrder(all);
  return (
    <div class="tape-head" role="row" aria-rowindex={1}>
      {(isFirst ? all : fitted).map((column) => {
        const own = sort?.column === column.id ? sort : null;
        const order = own === null ? undefined : own.isDown ? "descending" : "ascending";
        const next = own === null
          ? { column: column.id, isDown: true }
          : own.isDown
          ? { column: column.id, isDown: false }
          : null;
        return (
          <span
            key={column.id}
            role="columnheader"
            class={column.isText === true ? "c words" : "c"}
            title={column.title}
            data-room={isFirst ? room.get(column.id) : undefined}
            aria-sort={order}
          >
            {column.figure === undefined ? column.label : (
              <button
                type="button"
                onClick={() => change({ sort: column.id === "time" && !own ? null : next })}
              >
                {column.label}
                {own !== null && (own.isDown ? " ↓" : " ↑")}
              </button>
            )}
          </span>
        );
      })}
    </div>
  );
}
