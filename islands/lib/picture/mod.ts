export { pictureFacts, type PictureReading } from "./picture_facts.ts";
export { writeReadout } from "./readout.ts";
export { sideArea } from "./side_area.ts";
export { PictureDriver, type PictureState } from "./picture_driver.ts";
