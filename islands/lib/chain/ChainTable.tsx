import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { fixed } from "../text/mod.ts";
import { type ChainColumn, chainTemplate, mirrored } from "./chain_columns.ts";
import { ChainSide } from "./ChainSide.tsx";
import type { ChainRowProps, ChainTableProps } from "./chain_table_props.ts";

/** Calls on the left, puts on the right, strikes between them. */
export function ChainTable(props: ChainTableProps) {
  const { lines, spot, cursor } = props;
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(600);
  useLayoutEffect(() => {
    const scroller = box.current;
    if (scroller === null) return;
    const observer = new ResizeObserver(() => setWidth(scroller.clientWidth));
    observer.observe(scroller);
    return () => observer.disconnect();
  }, []);
  const columns = props.columnsFor(width);
  const at = spot === null ? -1 : lines.findIndex(({ strike }) => strike >= spot);
  const isThere = at >= 0;
  const firstStrike = lines[0]?.strike;
  useEffect(() => {
    // Begins where the money is, and again when another expiry is shown.
    const row = box.current?.querySelector<HTMLElement>("[data-money]");
    if (row === null || row === undefined) return;
    row.scrollIntoView({ block: "center" });
  }, [isThere, firstStrike]);
  useEffect(() => {
    box.current?.querySelector(".chain-row[data-cursor]")?.scrollIntoView({ block: "nearest" });
  }, [cursor]);
  const most = Math.max(
    1,
    ...lines.flatMap(({ call, put }) => [call?.volume ?? 0, put?.volume ?? 0]),
  );
  return (
    <div
      class="chain-table"
      role="table"
      aria-label="Calls and puts by strike"
      style={{ "--cols": chainTemplate(columns) }}
    >
      <Head columns={columns} />
      <div class="chain-rows" ref={box} role="rowgroup" tabIndex={0} aria-label="Strikes">
        {lines.map((line, i) => (
          <Row
            key={line.strike}
            {...props}
            line={line}
            columns={columns}
            most={most}
            isMoney={i === at}
          />
        ))}
      </div>
    </div>
  );
}

function Head({ columns }: { readonly columns: readonly ChainColumn[] }) {
  const cells = (list: readonly ChainColumn[], side: string) =>
    list.map(({ id, label, title }) => (
      <span key={id} role="columnheader" class="c" title={`${side}: ${title}`}>{label}</span>
    ));
  return (
    <>
      <div class="chain-sides" aria-hidden="true">
        <span>Calls</span>
        <span>Puts</span>
      </div>
      <div class="chain-head" role="row">
        {cells(columns, "Calls")}
        <span role="columnheader" class="c strike" title="Strike, USD">Strike</span>
        {cells(mirrored(columns), "Puts")}
      </div>
    </>
  );
}

function Row(props: ChainRowProps) {
  const { line, columns, cursor, spot, isMoney } = props;
  const { strike, call, put } = line;
  const isHere = cursor?.strike === strike;
  return (
    <div
      class="chain-row"
      role="row"
      data-money={isMoney ? "" : undefined}
      data-cursor={isHere ? cursor.side : undefined}
    >
      <ChainSide
        {...props}
        leg={call}
        side="call"
        list={columns}
        isIn={spot !== null && strike < spot}
      />
      <span role="rowheader" class="c strike">
        {fixed(strike, Number.isInteger(strike) ? 0 : 1)}
      </span>
      <ChainSide
        {...props}
        leg={put}
        side="put"
        list={mirrored(columns)}
        isIn={spot !== null && strike > spot}
      />
    </div>
  );
}
