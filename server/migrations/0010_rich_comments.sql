-- What an agent wrote, with the few elements that are kept of its markup. Null when there are none: body
-- says it all then. body is the same as text in any case, and what is searched.

ALTER TABLE comments ADD COLUMN html TEXT;
