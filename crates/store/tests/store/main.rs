//! The store on both databases: what is durable, what is refused, and what two transactions at once cannot break.

mod accounts;
mod group_commit;
mod opening;
mod own;
mod records;
