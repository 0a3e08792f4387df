import { useLayoutEffect, useRef } from "preact/hooks";

/** Opens and closes a dialog element with a flag of the state. */
export function useDialog(open: boolean) {
  const dialog = useRef<HTMLDialogElement>(null);
  // Before the next key comes: what is typed at once belongs into the dialog.
  useLayoutEffect(() => {
    const element = dialog.current!;
    if (open && !element.open) element.showModal();
    else if (!open && element.open) element.close();
  }, [open]);
  return dialog;
}
