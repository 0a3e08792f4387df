export {
  BAND,
  figureColumn,
  moneyTone,
  shareText,
  symbolColumn,
  type TableColumn,
  timeColumn,
} from "./column.ts";
export { type RowKind, type RowMarks, RowPainter, type RowSource } from "./painter.ts";
export { Ring } from "./ring.ts";
