// Times and labels, as readers read them.

import { site } from "../site";
import type { Block, Correction } from "./contract";

const format = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(site.language, { timeZone: site.timeZone, ...options });

const DAY = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
const DATE = format({ day: "numeric", month: "long", year: "numeric" });
const SHORT = format({ day: "numeric", month: "long" });
const HOUR = format({ hour: "2-digit", minute: "2-digit" });

/** "Sunday, 29 November 2026", as under the name of a newspaper. */
export const today = () => DAY.format(new Date());

/** "29 November". */
export const shortly = (moment: string) => SHORT.format(new Date(moment));

/** "29 November 2026". */
export const date = (moment: string) => DATE.format(new Date(moment));

/** "14.05" or "14:05", as the language has it. */
export const hour = (moment: string) => HOUR.format(new Date(moment));

/** "29 November 2026, 14:05". */
export const dateAndHour = (moment: string) => `${date(moment)}, ${hour(moment)}`;

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
