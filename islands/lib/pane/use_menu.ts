import { type RefObject } from "preact";
import { useEffect } from "preact/hooks";

/** Closes an open menu when the focus or a click goes elsewhere, or on Escape. */
export function useMenu(menu: RefObject<HTMLDetailsElement>): void {
  useEffect(() => {
    const element = menu.current;
    if (element === null) return;
    const onOutside = (event: Event) => {
      if (element.open && !element.contains(event.target as Node)) element.open = false;
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !element.open) return;
      element.open = false;
      element.querySelector("summary")?.focus();
      event.stopPropagation();
    };
    document.addEventListener("pointerdown", onOutside);
    document.addEventListener("focusin", onOutside);
    element.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("pointerdown", onOutside);
      document.removeEventListener("focusin", onOutside);
      element.removeEventListener("keydown", onKey);
    };
  }, []);
}
