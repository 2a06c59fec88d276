//! `/api/v2/users`.

mod me;
