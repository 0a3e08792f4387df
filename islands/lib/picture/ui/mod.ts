// What stands over a picture, on a page of its own and in a pane.
export { PlotCanvases, type PlotCanvasesProps } from "./PlotCanvases.tsx";
export { ReloadButton, RetryButton, ViewMarks } from "./ViewMarks.tsx";
export { useDeskPicture } from "./use_desk_picture.ts";
