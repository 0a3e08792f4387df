import type { ComponentChildren } from "preact";
import type { Chord, ChordPlace } from "./chords.ts";
import { CHORDS, PAGE_CHORDS } from "./chords.ts";
import { useDialog } from "./use_dialog.ts";

const CAPS: Readonly<Record<string, string>> = {
  " ": "Space",
  Escape: "Esc",
  "Ctrl+k": "Ctrl K",
  PageUp: "PgUp",
  PageDown: "PgDn",
};
const ARROWS: readonly (readonly [string, string])[] = [
  ["ArrowLeft", "←"],
  ["ArrowRight", "→"],
  ["ArrowUp", "↑"],
  ["ArrowDown", "↓"],
  ["+", " "],
];

/** A key as one reads it on a cap. */
export function capOf(key: string): string {
  if (key === "+") return key;
  const text = ARROWS.reduce((left, [name, sign]) => left.replace(name, sign), CAPS[key] ?? key);
  return text.split(" ").map((part) => part.length > 1 ? part : part.toUpperCase()).join(" ");
}

const PLACES: readonly (readonly [ChordPlace, string])[] = [
  ["every page", "Every page"],
  ["workspace", "Workspace"],
  ["tape", "Tape"],
  ["alerts", "Alerts"],
  ["chart", "Chart"],
  ["chain", "Option chain"],
  ["heatmap", "Heatmap"],
  ["surfaces", "Surfaces"],
  ["lab", "Particle lab"],
];

/** A part of the sheet: its title and its keys. */
type Section = readonly [string, readonly Chord[]];

/** The keys of some places, those that several of them share apart. */
function sectionsOf(shown: readonly ChordPlace[]): readonly Section[] {
  const all = [...Object.values<Chord>(CHORDS), ...PAGE_CHORDS];
  const within = (chord: Chord) => chord.places.filter((place) => shown.includes(place));
  const own = PLACES.map(([place, title]): Section => [
    title,
    all.filter((chord) => within(chord).length === 1 && within(chord)[0] === place),
  ]);
  const shared: Section = ["In several panes", all.filter((chord) => within(chord).length > 1)];
  return [...own, shared].filter(([, chords]) => chords.length > 0);
}

/** What a sheet is made with. */
export interface KeySheetProps {
  readonly isOpen: boolean;
  readonly close: () => void;
  readonly places: readonly ChordPlace[];
  /** Keys of the page's own, after those of the places. */
  readonly more?: Section;
  /** What hands do besides keys. */
  readonly children: ComponentChildren;
}

/** The sheet of keys, drawn from the table that what listens to keys takes them from. */
export function KeySheet({ isOpen, close, places, more, children }: KeySheetProps) {
  const dialog = useDialog(isOpen);
  const sections = isOpen ? [...sectionsOf(places), ...more === undefined ? [] : [more]] : [];
  return (
    <dialog class="sheet help" ref={dialog} aria-labelledby="help-title" onClose={close}>
      <header>
        <h2 id="help-title">Keyboard</h2>
        <button type="button" onClick={close}>Close</button>
      </header>
      <div class="groups">
        {sections.map(([title, chords]) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {chords.map(({ label, keys }) => (
                <div key={label}>
                  <dt>{keys.map((key) => <kbd key={key}>{capOf(key)}</kbd>)}</dt>
                  <dd>{label}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p class="hint">{children}</p>
    </dialog>
  );
}
