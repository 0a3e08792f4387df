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

/** A menu that floats: Escape, a press or the focus elsewhere close it. */
export function Menu({ label, name, body, children }: MenuProps) {
  const box = useRef<HTMLDetailsElement>(null);
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
    <details class="menu" ref={box}>
      <summary {...sign}>{label}</summary>
      <div class={`menu-body ${body}`}>{children(act)}</div>
    </details>
  );
}
