// Labels, as readers read them.

import type { Block, Correction } from "./contract";

/** "1 comment", "3 comments". */
export const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

/** How each kind of correction is called. */
export const CORRECTIONS: Record<Correction["kind"], string> = {
  correction: "Correction",
  clarification: "Clarification",
  update: "Update",
  editors_note: "Editor’s note",
  retraction: "Retraction",
};

/** How each provider of embeds writes itself. */
export const PROVIDERS: Record<Extract<Block, { type: "embed" }>["provider"], string> = {
  bluesky: "Bluesky",
  datawrapper: "Datawrapper",
  facebook: "Facebook",
  flourish: "Flourish",
  instagram: "Instagram",
  openstreetmap: "OpenStreetMap",
  soundcloud: "SoundCloud",
  spotify: "Spotify",
  tiktok: "TikTok",
  vimeo: "Vimeo",
  x: "X",
  youtube: "YouTube",
};
