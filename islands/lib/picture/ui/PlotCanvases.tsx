import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { attachPointer, attachWheel, type GridPicture, type PlotArea } from "../../canvas/mod.ts";

/** What a plot is made with. */
export interface PlotCanvasesProps<Picture extends GridPicture<PlotArea>> {
  /** What it is and what its keys do, for those who do not see it. */
  readonly label: string;
  /** What is drawn on it. */
  readonly pictureLabel: string;
  /** Last words about the crosshair. */
  readonly spoken: string;
  /** Begins to draw on two canvases. Returns the undo. */
  readonly start: (base: HTMLCanvasElement, overlay: HTMLCanvasElement) => () => void;
  /** What is drawn since. */
  readonly picture: () => Picture | null;
  /** What else hands do. Returns the undo. */
  readonly attach?: (box: HTMLElement) => () => void;
  readonly children: ComponentChildren;
}

/** The two canvases of a picture, which take the size of their box, and what stands over them. */
export function PlotCanvases<Picture extends GridPicture<PlotArea>>(
  { label, pictureLabel, spoken, start, picture, attach, children }: PlotCanvasesProps<Picture>,
) {
  const plot = useRef<HTMLDivElement>(null);
  const base = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const box = plot.current!;
    const stop = start(base.current!, overlay.current!);
    const drawn = picture()!;
    const fit = () => drawn.resize(box.clientWidth, box.clientHeight, globalThis.devicePixelRatio);
    const observer = new ResizeObserver(fit);
    observer.observe(box);
    fit();
    const undo = [attachPointer(box, drawn), attachWheel(box, drawn), attach?.(box)];
    return () => {
      for (const detach of undo) detach?.();
      observer.disconnect();
      stop();
    };
  }, []);
  return (
    <div class="plot" ref={plot} tabIndex={0} role="group" aria-label={label}>
      <canvas class="base" ref={base} role="img" aria-label={pictureLabel} />
      <canvas class="overlay" ref={overlay} aria-hidden="true" />
      <p class="sr" role="status">{spoken}</p>
      {children}
    </div>
  );
}
