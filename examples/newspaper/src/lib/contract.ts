// The names that this site uses for what the API answers. All of them come from its contract.

import type { components } from "masthead-client";

type Schemas = components["schemas"];

export type Article = Schemas["DeliveredArticle"];
export type Summary = Schemas["ArticleSummary"];
export type Site = Schemas["Site"];
export type Section = Schemas["Section"];
export type Place = Schemas["NamedPlace"];
export type Photo = Schemas["DeliveredPhoto"];
export type Correction = Schemas["DeliveredCorrection"];
export type Byline = Schemas["DeliveredByline"];
export type Thread = Schemas["CommentThread"];
export type Comment = Schemas["Comment"];
export type Page = Schemas["PageInfo"];
export type Span = Schemas["DeliveredSpan"];
export type Attribution = Schemas["Attribution"];
export type List = Schemas["DeliveredList"];
export type SimpleBlock = Schemas["DeliveredSimpleBlock"];

/** Every block of a body; `Of<"photo">` is the one of that type. */
export type Block = Schemas["DeliveredBlock"];
export type Of<Type extends Block["type"]> = Extract<Block, { type: Type }>;
