//! Limits as they are told: every answer to somebody known says where they stand.

use crate::rates::Tally;
use axum::{extract::Request, middleware::Next, response::Response};

/// Gives the call its tally and writes to the answer what was noted on it.
pub async fn tell(mut request: Request, next: Next) -> Response {
    let tally = Tally::default();
    request.extensions_mut().insert(tally.clone());
    let mut response = next.run(request).await;
    tally.tell(response.headers_mut());
    response
}
