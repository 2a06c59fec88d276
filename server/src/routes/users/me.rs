//! `GET /users/me`.

use crate::{auth::Anyone, body::Json, caller::Caller, view};
use api::user::UserEnvelope;

/// Oneself: 200 for everybody. Without credentials that hold comes a stand-in whose id is null, so
/// that 200 alone proves nothing.
pub async fn show_me(caller: Caller, Anyone(user): Anyone) -> Json<UserEnvelope> {
    let user = user.map_or_else(view::nobody, |user| view::myself(&caller, &user));
    Json(UserEnvelope { user })
}
