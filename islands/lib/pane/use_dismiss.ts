import { type RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

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
  const newest = useRef(floating);
  newest.current = floating;
  useEffect(() => {
    const onOutside = (event: Event) => {
      const isInside = box.current === null || box.current.contains(event.target as Node);
      if (!isInside && newest.current.isOpen()) newest.current.close();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !newest.current.isOpen()) return;
      newest.current.close();
      box.current?.querySelector<HTMLElement>("summary, button")?.focus();
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
  }, [box]);
}
