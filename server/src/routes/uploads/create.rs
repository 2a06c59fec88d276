//! `POST /uploads`: raw bytes of any stated type.

use super::receive::{Received, file_id, receive};
use crate::{
    AppState,
    auth::{Sender, UploadPace},
    caller::Caller,
    domain::{
        file_name, file_type,
        preview::Preview,
        uploads::{self, Arrived, Owner},
    },
    env::hex,
    error::Error,
    idempotency::{Created, IdempotencyKey, Once},
    store::files::Stored,
    view,
};
use api::attachment::UploadEnvelope;
use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, header},
};
use sha2::{Digest, Sha256};

/// Who sends what under which name.
struct Sending<'a> {
    state: &'a AppState,
    caller: &'a Caller,
    owner: Owner,
    name: String,
    /// The token under which the file goes, if there is one already.
    token: Option<&'a str>,
}

/// Takes a file in. When 201 is answered, it is on disk.
///
/// # Errors
/// When nobody is signed in where somebody has to be, there are too many, the name or the token does not pass, the file is too large or breaks off, a key is used
/// twice, or disk or database fail. Nothing of the file is left then.
pub async fn create_upload(
    State(state): State<AppState>,
    Sender(viewer): Sender,
    _: UploadPace,
    caller: Caller,
    key: IdempotencyKey,
    headers: HeaderMap,
    mut body: Body,
) -> Result<Created<UploadEnvelope>, Error> {
    let owner = viewer.map(|viewer| viewer.id);
    let (sending, received) = begin(&state, &caller, owner, &key, &headers, &mut body).await?;
    let once = key.with(sending.identity(&received).as_bytes());
    let (arrived, small) = sending.settle(received).await?;
    sending.add(once, arrived, small).await
}

/// All that can be said before and while the bytes come.
async fn begin<'a>(
    state: &'a AppState,
    caller: &'a Caller,
    owner: Owner,
    key: &IdempotencyKey,
    headers: &HeaderMap,
    body: &mut Body,
) -> Result<(Sending<'a>, Received), Error> {
    let limits = uploads::allowed(state.rules.limits, owner);
    let name = file_name::clean(caller.query.get("filename"), limits.file_name_characters)?;
    let token = caller.query.get("token");
    // What is stated to be too large need not be read to know it.
    let stated = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    if stated.and_then(|text| text.parse().ok()).is_some_and(|bytes: u64| bytes > limits.file_bytes)
    {
        return Err(Error::AttachmentTooLarge { most: limits.file_bytes });
    }
    let mut read = state.store.read().await?;
    let again = match owner {
        Some(person) => key.is_known(&mut read, person).await?,
        None => false,
    };
    // A repetition is answered as the first call was, though its token is used up by now.
    let room = if again {
        limits.waiting_bytes
    } else {
        uploads::admit(&mut read, limits, owner, token, state.env.now()).await?.1
    };
    drop(read);
    let received = receive(state, owner, room, body).await?;
    Ok((Sending { state, caller, owner, name, token }, received))
}

impl Sending<'_> {
    /// What makes a call the same as another: name, token and bytes. The type is not looked at, so
    /// it does not tell calls apart.
    fn identity(&self, received: &Received) -> String {
        let token = self.token.unwrap_or_default();
        format!("{}\n{token}\n{}", self.name, received.digest)
    }

    /// Brings file and preview to their places.
    async fn settle(
        &self,
        mut received: Received,
    ) -> Result<((Stored, Arrived), Option<(Stored, Arrived)>), Error> {
        let content_type = file_type::of(&self.name, &received.head);
        let preview = if file_type::is_picture(content_type) {
            self.state.previews.make(received.incoming.reread().await?, content_type).await
        } else {
            None
        };
        let stored = received.incoming.finish().await?;
        let arrived = Arrived {
            file: stored.id.clone(),
            token: self.state.env.hex::<16>(),
            name: self.name.clone(),
            content_type: content_type.to_owned(),
            size: stored.size,
            digest: received.digest,
            dimensions: preview.as_ref().map(|preview| preview.dimensions),
        };
        let small = match preview {
            Some(preview) => Some(self.settle_preview(preview).await?),
            None => None,
        };
        Ok(((stored, arrived), small))
    }

    async fn settle_preview(&self, preview: Preview) -> Result<(Stored, Arrived), Error> {
        let mut incoming = self.state.files.begin(file_id(self.state)?).await?;
        incoming.write(&preview.bytes).await?;
        let stored = incoming.finish().await?;
        let arrived = Arrived {
            file: stored.id.clone(),
            token: self.state.env.hex::<16>(),
            name: file_name::of_preview(&self.name, preview.ending),
            content_type: preview.content_type.to_owned(),
            size: stored.size,
            digest: hex(&Sha256::digest(&preview.bytes)),
            dimensions: Some(preview.small),
        };
        Ok((stored, arrived))
    }

    /// Names the file in the database. The first of several calls with one key does; the others find
    /// its answer, and their bytes are removed.
    async fn add(
        self,
        once: Once,
        (stored, arrived): (Stored, Arrived),
        small: Option<(Stored, Arrived)>,
    ) -> Result<Created<UploadEnvelope>, Error> {
        let Self { state, caller, owner, token, .. } = self;
        let now = state.env.now();
        let mut tx = state.store.write().await?;
        if let Some(person) = owner
            && let Some(answer) = once.replay(&mut tx, person, now).await?
        {
            // Kept a moment ago, perhaps, by a call whose commit is still to come.
            tx.commit().await?;
            return Ok(answer);
        }
        let (small_stored, small) = small.unzip();
        let fresh = state.env.hex::<16>();
        let limits = uploads::allowed(state.rules.limits, owner);
        let added = uploads::add(&mut tx, limits, owner, token, fresh, arrived, small, now).await?;
        let upload = view::upload(caller, &added).ok_or(Error::Panic)?;
        let location = Some(upload.attachment.url.clone());
        let mut answer = Created::new(location, &UploadEnvelope { upload })?;
        if let Some(person) = owner {
            answer = once.keep(&mut tx, person, now, answer).await?;
        }
        stored.keep();
        if let Some(small) = small_stored {
            small.keep();
        }
        tx.commit().await?;
        Ok(answer)
    }
}
