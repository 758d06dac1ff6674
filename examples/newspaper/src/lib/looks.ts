// What of a photo is a matter of style: its colour until it is loaded, its focal point, its crop. A `style` attribute
// would need `unsafe-inline`; so each photo has classes, named by their values, and the page has one element with the rules
// of all its photos, whose hash the Content-Security-Policy names.

import { createHash } from "node:crypto";

import type { Block, Photo, Summary } from "./contract";

/** The class of the photo's box, with the colour that stands there first. */
export const tint = ({ dominant_color }: Photo) => (dominant_color ? `tint-${dominant_color.slice(1)}` : undefined);

/** The class of a photo that is cut by the design, round its focal point. */
export const focus = (photo: Photo) => `focus-${focal(photo).join("-")}`;

/**
 * The class of the box of a photo of which an editor chose a part. All that its rules are made of is in it: shares in
 * ten-thousandths, which is as fine as the contract has them, and the size of the photo. So two photos share rules that are the
 * same, and no others.
 */
export function crop({ crop, width, height }: Photo): string | undefined {
  if (!crop) return undefined;
  const shares = [crop.x, crop.y, crop.width, crop.height].map((share) => Math.round(share * 10_000));
  return `crop-${shares.join("-")}-of-${width}x${height}`;
}

/** The rules for these photos. Everything in them is a number or a colour of the contract. */
export function rules(photos: readonly Photo[]): string {
  return [...new Set(photos.flatMap(rulesOf))].join("");
}

/** The source that a `style-src` names to let the element with `css` count. */
export const hash = (css: string) => `'sha256-${createHash("sha256").update(css).digest("base64")}'`;

/** The lead photos of a list. */
export const leads = (list: readonly Summary[]) => list.flatMap(({ lead_photo }) => lead_photo ?? []);

/** The photos within a body. */
export function inside(blocks: readonly Block[]): Photo[] {
  return blocks.flatMap((block) => {
    if (block.type === "photo") return [block.photo];
    return block.type === "gallery" ? block.photos : [];
  });
}

function rulesOf(photo: Photo): string[] {
  const [x, y] = focal(photo);
  const css = [`.${focus(photo)}{object-position:${x}% ${y}%}`];
  if (photo.dominant_color) {
    css.push(`.${tint(photo)}{background-color:${photo.dominant_color}}`);
  }
  if (photo.crop) {
    const { x, y, width, height } = photo.crop;
    // The whole photo, so much larger than its box that the part fills it.
    const [wide, high] = [100 / width, 100 / height];
    // Two classes count more than what a stylesheet says of every picture, whichever comes later.
    const box = `.picture.${crop(photo)}`;
    css.push(
      `${box}{aspect-ratio:${(photo.width * width).toFixed()}/${(photo.height * height).toFixed()}}`,
      `${box} img{width:${wide.toFixed(2)}%;height:${high.toFixed(2)}%;left:${(-x * wide).toFixed(2)}%;top:${(-y * high).toFixed(2)}%}`,
    );
  }
  return css;
}

/** Where one looks at first, in per cent: the focal point, else the middle of the crop, else a little above the middle. */
function focal({ focal_point, crop }: Photo): [number, number] {
  if (focal_point) return [percent(focal_point.x), percent(focal_point.y)];
  if (crop) return [percent(crop.x + crop.width / 2), percent(crop.y + crop.height / 2)];
  return [50, 40];
}

function percent(part: number): number {
  return Math.round(part * 100);
}
