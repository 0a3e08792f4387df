export { PictureDriver, type PictureState } from "./picture_driver.ts";
