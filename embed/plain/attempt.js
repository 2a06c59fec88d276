/* Storage may be switched off, full, or hold what is not ours. */
export const attempt = (act) => {
  try {
    return act();
  } catch {}
};

/* Some failure that has words: the server's own, or ours. */
export const failure = (words) => Object.assign(Error(words), { words });
