/** Names of the line icons. */
export type IconName =
  | "pause"
  | "play"
  | "step"
  | "heatmap"
  | "surfaces"
  | "signals"
  | "experiment"
  | "table"
  | "measure"
  | "status"
  | "feed"
  | "help"
  | "follow"
  | "palette"
  | "picture"
  | "docs"
  | "search"
  | "link";

const PATHS: Readonly<Record<IconName, string>> = {
  pause: "M5 3v10M11 3v10",
  play: "M5 3l8 5-8 5z",
  step: "M4 3l6 5-6 5zM12 3v10",
  heatmap: "M2 3h12v10H2zM6 3v10M10 3v10M2 8h12",
  surfaces: "M2 4c3-2 5 2 8 0s3-1 4-1M2 8.5c3-2 5 2 8 0s3-1 4-1M2 13c3-2 5 2 8 0s3-1 4-1",
  signals: "M2 8h3l2-5 3 10 2-5h2",
  experiment: "M2 4.5h7M12 4.5h2M9 3v3h3V3zM2 11.5h2M7 11.5h7M4 10v3h3v-3z",
  table: "M2 3h12v10H2zM2 6.5h12M2 10h12M7 6.5V13",
  measure: "M2 5.5h12v5H2zM5 5.5v2M8 5.5v3M11 5.5v2",
  status: "M2.5 11a5.5 5.5 0 1 1 11 0M8 11l2.5-3.5M2 13.5h12",
  feed:
    "M3 12a9 9 0 0 1 0-8M13 12a9 9 0 0 0 0-8M5.5 10a5 5 0 0 1 0-4M10.5 10a5 5 0 0 0 0-4M8 8h.01",
  help: "M5.8 6a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.6M8 12.2h.01",
  follow: "M8 1.5v3M8 11.5v3M1.5 8h3M11.5 8h3M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6z",
  docs: "M3 2h7l3 3v9H3zM10 2v3h3M5.5 8h5M5.5 11h5",
  search: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.5 10.5L14 14",
  link: "M6.5 9.5l3-3M7 4.5l1-1a3 3 0 0 1 4.5 4.5l-1 1M9 11.5l-1 1A3 3 0 0 1 3.5 8l1-1",
  picture: "M2 3h12v10H2zM2 11l3.5-3.5 2.5 2.5 2-2 4 4M10.8 5.8h.01",
  palette: "M8 2a6 6 0 1 0 0 12zM8 2a6 6 0 0 1 0 12",
};

/** A 16-pixel line icon; the words beside it carry the meaning. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg
      class="icon"
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
