import { useEffect } from "preact/hooks";
import {
  isSameMarket,
  type Provenance,
  stampText,
  stampWord,
} from "../../../modules/kit/contract.ts";
import { exchangeDate } from "../text/mod.ts";
import type { Desk } from "./desk.ts";
import type { PaneNode } from "./pane_node.ts";

/** The permanent mark of data: kind first, then whose market, of which day and from where. */
export function Stamp({ of }: { readonly of: Provenance }) {
  const word = stampWord(of);
  return (
    <span class="stamp" data-kind={word}>
      <b>{word}</b>
      <span class="whose">{stampText(of).slice(word.length)}</span>
    </span>
  );
}

/** What a pane of the page's live rows shows; null before the server says where they come from. */
export function rowProvenance(desk: Desk, instrument: string): Provenance | null {
  const origin = desk.link.origin.value;
  if (origin === null) return null;
  const isReplay = origin.isReplay || desk.clock.mode.value === "replay";
  // Before the first beat the server's clock is not the reader's.
  const date = desk.beat.value === 0 ? null : exchangeDate(desk.clock.now());
  return { ...origin, isReplay, instrument, date };
}

/** The stamp of a pane. It says so when other panes of the page show another market or another time. */
export function PaneStamp(
  { desk, node, of }: {
    readonly desk: Desk;
    readonly node: PaneNode;
    readonly of: Provenance | null;
  },
) {
  const text = of === null ? "" : stampText(of);
  useEffect(() => {
    const { provenances } = desk;
    const without = new Map(provenances.peek());
    without.delete(node.key);
    if (of !== null) provenances.value = new Map([...without, [node.key, of]]);
    return () => {
      const left = new Map(provenances.peek());
      if (left.delete(node.key)) provenances.value = left;
    };
  }, [text, node.key]);
  if (of === null) return null;
  const other = [...desk.provenances.value.values()].find((one) => !isSameMarket(one, of));
  return (
    <p class="pane-stamp" data-mixed={other === undefined ? undefined : ""}>
      <Stamp of={of} />
      {other !== undefined && (
        <span class="mixed" title={`Another pane shows ${stampText(other)}`}>
          ≠ other panes
        </span>
      )}
    </p>
  );
}
