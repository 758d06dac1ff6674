// Which of the renditions stand for a photo where one address must do.

import type { Photo } from "./contract";

type Variant = Photo["renditions"][number]["variant"];

/** The address of a rendition, if the photo has it. */
export function rendition({ renditions }: Photo, variant: Variant) {
  return renditions.find((made) => made.variant === variant);
}

/** What browsers load that know no `srcset`: a photo narrower than 640 pixels has smaller ones only. */
export function fallback(photo: Photo): string | undefined {
  return (rendition(photo, "w640.jpg") ?? photo.renditions.find(({ variant }) => /^w.*\.jpg$/.test(variant)))?.url;
}
