import { type MutableRef, useEffect, useState } from "preact/hooks";

/** Whether an element has a place on the page: what style sheets leave away need not be kept fresh. */
export function useLaidOut(box: MutableRef<HTMLElement | null>): boolean {
  const [isLaidOut, setLaidOut] = useState(true);
  useEffect(() => {
    const element = box.current!;
    const observer = new ResizeObserver(() => setLaidOut(element.getClientRects().length > 0));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return isLaidOut;
}
