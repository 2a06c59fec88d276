//! Files that somebody attaches: what has gone up, what is on its way, and what failed. One that
//! fails takes none of the others with it.

use crate::state::draft::Upload;
use api::policy::Limits;

/// How many go up at a time: more would only take the line from each other, and from all else.
const AT_ONCE: usize = 2;
/// Seconds that an upload waits for its comment, less an hour for the time that sending takes.
const WAITS: i64 = 71 * 60 * 60;

/// The files of one comment, in the order in which they were attached. `E` is why one failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Files<E> {
    pub entries: Vec<Entry<E>>,
    made: u32,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<E> {
    pub id: u32,
    pub upload: Upload,
    pub stage: Stage<E>,
}

/// How far one is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage<E> {
    Waiting,
    /// Per cent.
    Running(u32),
    Done,
    Failed(E),
}

/// Why a file was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    TooLarge(String),
    TooMany,
    /// It went up so long ago that the server has thrown it away.
    Gone(String),
}

impl<E> Default for Files<E> {
    fn default() -> Self {
        Self { entries: Vec::new(), made: 0 }
    }
}

impl<E> Files<E> {
    /// Attaches a file that waits to go up, and tells its id. A limit of 0 is not known yet.
    ///
    /// # Errors
    /// When it is too large or one too many.
    pub fn add(&mut self, name: String, size: i64, limits: &Limits) -> Result<u32, Refusal> {
        let count = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        if limits.comment_files > 0 && count >= limits.comment_files {
            return Err(Refusal::TooMany);
        }
        if limits.file_bytes > 0 && u64::try_from(size).is_ok_and(|size| size > limits.file_bytes) {
            return Err(Refusal::TooLarge(name));
        }
        Ok(self.push(Upload { name, size, ..Upload::default() }, Stage::Waiting))
    }

    /// Puts back what had gone up at an earlier visit; tells which one has waited too long.
    pub fn restore(&mut self, uploads: &[Upload], now: i64) -> Option<Refusal> {
        let mut gone = None;
        for upload in uploads {
            if now - upload.at > WAITS {
                gone = Some(Refusal::Gone(upload.name.clone()));
            } else if !self.entries.iter().any(|entry| entry.upload == *upload) {
                self.push(upload.clone(), Stage::Done);
            }
        }
        gone
    }

    fn push(&mut self, upload: Upload, stage: Stage<E>) -> u32 {
        self.made = self.made.wrapping_add(1);
        self.entries.push(Entry { id: self.made, upload, stage });
        self.made
    }

    /// What an entry is at now; one that was removed is forgotten.
    pub fn set(&mut self, id: u32, stage: Stage<E>) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.id == id) {
            entry.stage = stage;
        }
    }

    /// One has gone up, and has a token from now on.
    pub fn done(&mut self, id: u32, token: String, now: i64) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.id == id) {
            entry.upload = Upload { token, at: now, ..std::mem::take(&mut entry.upload) };
            entry.stage = Stage::Done;
        }
    }

    /// Forgets one; tells the token of what the server has of it, unless another one is under it, too.
    pub fn remove(&mut self, id: u32) -> Option<String> {
        let place = self.entries.iter().position(|entry| entry.id == id)?;
        let token = self.entries.remove(place).upload.token;
        let is_shared = self.entries.iter().any(|entry| entry.upload.token == token);
        (!token.is_empty() && !is_shared).then_some(token)
    }

    #[must_use]
    pub fn get(&self, id: u32) -> Option<&Entry<E>> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    /// The next one to go up, if it is its turn; it is running from then on.
    pub fn start_next(&mut self) -> Option<u32> {
        let running = self.entries.iter().filter(|it| matches!(it.stage, Stage::Running(_)));
        if running.count() >= AT_ONCE {
            return None;
        }
        let next = self.entries.iter_mut().find(|it| matches!(it.stage, Stage::Waiting))?;
        next.stage = Stage::Running(0);
        Some(next.id)
    }

    /// Whether anything is still on its way.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        let busy = |stage: &Stage<E>| matches!(stage, Stage::Waiting | Stage::Running(_));
        self.entries.iter().any(|entry| busy(&entry.stage))
    }

    #[must_use]
    pub fn has_failed(&self) -> bool {
        self.entries.iter().any(|entry| matches!(entry.stage, Stage::Failed(_)))
    }

    /// What a comment can take.
    #[must_use]
    pub fn uploads(&self) -> Vec<Upload> {
        let done = self.entries.iter().filter(|entry| matches!(entry.stage, Stage::Done));
        done.map(|entry| entry.upload.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Files, Refusal, Stage, WAITS};
    use crate::state::draft::{USUAL_LIMITS, Upload};
    use api::policy::Limits;

    fn three() -> Files<&'static str> {
        let mut files = Files::default();
        for name in ["a", "b", "c"] {
            files.add(name.to_owned(), 1, &USUAL_LIMITS).unwrap();
        }
        files
    }

    #[test]
    fn limits_may_be_reached_and_not_exceeded() {
        let limits = Limits { file_bytes: 10, comment_files: 1, ..USUAL_LIMITS };
        let mut files = Files::<()>::default();
        let too_large = Err(Refusal::TooLarge("a".to_owned()));
        assert_eq!(files.add("a".to_owned(), 11, &limits), too_large);
        assert_eq!(files.add("a".to_owned(), 10, &limits), Ok(1));
        assert_eq!(files.add("b".to_owned(), 1, &limits), Err(Refusal::TooMany));
        files.remove(1);
        assert_eq!(files.add("b".to_owned(), 1, &limits), Ok(2));
    }

    #[test]
    fn two_go_up_at_a_time() {
        let mut files = three();
        assert_eq!([files.start_next(), files.start_next()], [Some(1), Some(2)]);
        assert_eq!(files.start_next(), None);
        files.done(1, "t1".to_owned(), 0);
        assert_eq!(files.start_next(), Some(3));
        assert_eq!(files.start_next(), None);
    }

    #[test]
    fn one_that_fails_leaves_the_others_and_can_be_tried_again() {
        let mut files = three();
        files.start_next();
        files.start_next();
        files.set(1, Stage::Failed("no answer"));
        files.done(2, "t2".to_owned(), 5);
        files.start_next();
        files.done(3, "t3".to_owned(), 5);
        assert!(files.has_failed() && !files.is_busy());
        let tokens: Vec<_> = files.uploads().into_iter().map(|upload| upload.token).collect();
        assert_eq!(tokens, ["t2", "t3"]);
        files.set(1, Stage::Waiting);
        assert!(files.is_busy() && !files.has_failed());
        assert_eq!(files.start_next(), Some(1));
    }

    #[test]
    fn what_the_server_has_of_a_removed_one_is_told_unless_another_one_needs_it() {
        let mut files = three();
        files.done(1, "one".to_owned(), 0);
        files.done(2, "both".to_owned(), 0);
        files.done(3, "both".to_owned(), 0);
        assert_eq!(files.remove(1), Some("one".to_owned()));
        assert_eq!(files.remove(1), None);
        assert_eq!(files.remove(2), None);
        assert_eq!(files.remove(3), Some("both".to_owned()));
        let id = files.add("d".to_owned(), 1, &USUAL_LIMITS).unwrap();
        assert_eq!(files.remove(id), None, "it has not gone up");
    }

    #[test]
    fn what_happens_to_a_removed_one_is_forgotten() {
        let mut files = three();
        files.remove(2);
        files.done(2, "t2".to_owned(), 0);
        files.set(2, Stage::Failed("no answer"));
        assert!(files.uploads().is_empty() && !files.has_failed());
        assert_eq!(files.entries.len(), 2);
    }

    #[test]
    fn uploads_come_back_once_and_only_while_the_server_has_them() {
        let upload = |token: &str, at| Upload {
            token: token.to_owned(),
            name: token.to_owned(),
            size: 1,
            at,
        };
        let mut files = Files::<()>::default();
        let kept = [upload("old", 0), upload("new", 10)];
        let gone = Some(Refusal::Gone("old".to_owned()));
        assert_eq!(files.restore(&kept, WAITS + 1), gone);
        assert_eq!(files.restore(&kept[1..], WAITS + 1), None);
        assert_eq!(files.uploads(), [upload("new", 10)]);
    }
}
