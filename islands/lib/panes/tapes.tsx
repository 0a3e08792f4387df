import type { PaneProps } from "../pane/mod.ts";
import type { TapeDesk } from "../tape/mod.ts";
import { TapePane } from "../tape/ui/mod.ts";

/** Prints of options. */
export function OptionsPane(props: PaneProps<TapeDesk>) {
  return (
    <TapePane
      {...props}
      channel="options"
      empty="No option print passes the filter yet. The chips above say what is kept off; a click shows it."
    />
  );
}

/** Prints of the underlyings. */
export function EquitiesPane(props: PaneProps<TapeDesk>) {
  return <TapePane {...props} channel="equities" empty="No share print passes the filter yet." />;
}

/** Events that the classifier made of prints. */
export function SmartPane(props: PaneProps<TapeDesk>) {
  return (
    <TapePane
      {...props}
      channel="smart-money"
      empty="No event passes the filter yet. Events come seconds after their last print; many abstain."
    />
  );
}

/** Bursts of prints that belong together. */
export function PacketsPane(props: PaneProps<TapeDesk>) {
  return <TapePane {...props} channel="flow" empty="No packet passes the filter yet." />;
}

/** What prints off exchange suggest. */
export function DarkPane(props: PaneProps<TapeDesk>) {
  return (
    <TapePane
      {...props}
      channel="inferred-dark"
      empty="Nothing inferred yet. Blocks and runs of prints off exchange show up here."
    />
  );
}
