/**
 * Where the parts of a picture lie, in pixels of its pen: columns from 0 to `dataWidth`, then what is
 * drawn ahead of them up to `plotWidth`; levels down to `plotHeight`, the lane and the time axis below it.
 */
export interface PlotArea {
  /** Pixels of the pen per CSS pixel: 1 when the pen is scaled, else those of the device. */
  readonly dpr: number;
  readonly width: number;
  readonly height: number;
  readonly dataWidth: number;
  readonly plotWidth: number;
  readonly plotHeight: number;
  /** Strip of the labels of levels. */
  readonly gutterX: number;
  readonly gutterWidth: number;
  readonly axisHeight: number;
  /** Height of the strip above the time axis that shows what kind of column stands there. */
  readonly laneHeight: number;
}
