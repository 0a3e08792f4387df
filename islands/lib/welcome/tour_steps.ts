/** One stop of the tour. */
export interface TourStep {
  readonly title: string;
  readonly text: string;
  /** Selectors of what it points at: the first that one can see; a stop without any is left out. */
  readonly at: readonly string[];
}

/** The stops in order, read in about ten seconds each. */
export const TOUR: readonly TourStep[] = [
  {
    title: "Every print, as it comes",
    text: "New rows come in on top. Scroll, and the tape holds still and counts what is new; " +
      "the button with the count leads back.",
    at: ['.pane[data-pane="options"]', ".tape", ".grid .pane"],
  },
  {
    title: "Who is behind the flow",
    text: "The classifier names the kind of trader behind a group of prints. Open a row to see " +
      "the evidence: every print, every score, and why the runner-up lost.",
    at: ['.pane[data-pane="smart"]', ".tabs button:nth-of-type(2)"],
  },
  {
    title: "The order book, tick by tick",
    text: "Time runs to the right, price upwards. The crosshair reads each cell, with its unit.",
    at: ['.pane[data-pane="heatmap"]', ".tabs button:nth-of-type(6)", ".rail a[href='/heatmap']"],
  },
  {
    title: "Go back in time",
    text: "LIVE offers the last minutes of the tape. All panes then follow one clock that you " +
      "stop, step and drag.",
    at: [".top .mode"],
  },
  {
    title: "All the pages",
    text: "Heatmap, research, realism, status and the API are one click away.",
    at: [".rail", ".pages-menu"],
  },
  {
    title: "Keys for everything",
    text: "? shows them, Ctrl+K finds panes, symbols and layouts, / filters by symbol.",
    at: [".rail button[title^='Keyboard']", ".symbols"],
  },
];
