import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { useDismiss } from "./use_dismiss.ts";

/** What a menu is made with. */
export interface MenuProps {
  /** What stands on the opener. */
  readonly label: ComponentChildren;
  /** What the opener is called where its label is a mere sign. */
  readonly name?: string;
  /** Class of the body: how what it holds is laid out. */
  readonly body: string;
  /** What it holds; `act` closes the menu, then does something. */
  readonly children: (act: (run: () => void) => () => void) => ComponentChildren;
}

/** Least space between what floats and the edges of its pane, CSS pixels. */
const MARGIN_PX = 4;

/** Moves what floats to the side where its pane, or the page, would cut it. */
function keepInPane(body: HTMLElement | null): void {
  if (body === null) return;
  body.style.translate = "";
  const own = body.getBoundingClientRect();
  const around = (body.closest(".pane") ?? document.documentElement).getBoundingClientRect();
  const over = own.right - (around.right - MARGIN_PX);
  const under = around.left + MARGIN_PX - own.left;
  // Where it is wider than the pane its beginning is in sight.
  if (over > 0) body.style.translate = `${Math.max(-over, under)}px`;
  else if (under > 0) body.style.translate = `${under}px`;
}

/** A menu that floats: Escape, a press or the focus elsewhere close it. */
export function Menu({ label, name, body, children }: MenuProps) {
  const box = useRef<HTMLDetailsElement>(null);
  const floating = useRef<HTMLDivElement>(null);
  const close = () => {
    if (box.current !== null) box.current.open = false;
  };
  useDismiss(box, { isOpen: () => box.current?.open === true, close });
  const act = (run: () => void) => () => {
    close();
    box.current?.querySelector("summary")?.focus(); // what had it is hidden now
    run();
  };
  const sign = name === undefined ? {} : { class: "tool", "aria-label": name, title: "More" };
  return (
    <details class="menu" ref={box} onToggle={() => keepInPane(floating.current)}>
      <summary {...sign}>{label}</summary>
      <div class={`menu-body ${body}`} ref={floating}>{children(act)}</div>
    </details>
  );
}
