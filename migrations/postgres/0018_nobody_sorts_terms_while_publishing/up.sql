-- Whoever let the list of new terms grow beyond a megabyte sorted it into the index before its own commit, while others waited
-- for its place in the order of events: on a busy machine for longer than a statement may take, so that publishing was refused.
-- The list may have a gigabyte now, which publishing does not reach. Who sorts is the worker, every second, and VACUUM.
ALTER INDEX search_rows_by_term SET (gin_pending_list_limit = 1048576);
