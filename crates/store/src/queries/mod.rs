//! The statements, written once and compiled once for each database: `super::Conn` says for which.

mod accounts;
mod article_filter;
mod articles;
mod comment_bans;
mod comment_desk;
mod comment_past;
mod comments;
mod contributors;
mod known;
mod live;
mod live_comments;
mod live_filter;
mod live_photos;
mod live_references;
mod photo_files;
mod photo_times;
mod photos;
mod previews;
mod publication;
mod records;
mod sections;
mod slugs;
mod tags;
mod upkeep;
mod visibility;
mod working_copy;
