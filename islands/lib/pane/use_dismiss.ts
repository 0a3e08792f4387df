import { type RefObject } from "preact";
import { useEffect } from "preact/hooks";

/** Something that floats until it is dismissed. */
export interface Dismissed {
  readonly isOpen: () => boolean;
  readonly close: () => void;
}

/**
 * Closes what floats in a box on Escape, and when the focus or a press goes elsewhere.
 *
 * @param box Holds what floats and the control that opens it, which comes first and gets the focus back
 * after Escape.
 */
export function useDismiss(box: RefObject<HTMLElement>, floating: Dismissed): void {
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const onOutside = (event: Event) => {
      if (floating.isOpen() && !element.contains(event.target as Node)) floating.close();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !floating.isOpen()) return;
      floating.close();
      element.querySelector<HTMLElement>("summary, button")?.focus();
      event.preventDefault();
      event.stopPropagation();
    };
    // On the way down: whatever has the focus, the menu is what Escape means while it is open.
    document.addEventListener("keydown", onKey, true);
    document.addEventListener("pointerdown", onOutside, true);
    document.addEventListener("focusin", onOutside);
    return () => {
      document.removeEventListener("keydown", onKey, true);
      document.removeEventListener("pointerdown", onOutside, true);
      document.removeEventListener("focusin", onOutside);
    };
  });
}
