// What pictures show only where they are a page of their own.
export { FeedName, PictureBar } from "./PictureBar.tsx";
export { PictureRail } from "./PictureRail.tsx";
export { PictureTabs } from "./PictureTabs.tsx";
