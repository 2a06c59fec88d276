-- Words are looked up in every segment of the index, so a search for common ones costs as many times
-- more as there are segments. A job merges those of a size as soon as there are two of them.

INSERT INTO request_texts (request_texts, rank) VALUES ('usermerge', 2);
