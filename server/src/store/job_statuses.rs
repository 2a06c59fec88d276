//! Work on many tickets, and how far it is.

use super::{
    StoreError, UserId, row,
    sqlite::{Builder, Conn, FromRow, Row, SqlError, dialect, query, query_as, query_scalar},
};
use api::{
    Time,
    job_status::{JobResult, JobState},
};

/// A piece of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Random, so that it cannot be guessed.
    pub id: String,
    /// In whose name it is done.
    pub user_id: UserId,
    pub state: JobState,
    /// JSON of what is to be done.
    pub work: String,
    pub total: i64,
    /// How many tickets are done.
    pub progress: i64,
    /// What became of these.
    pub results: Vec<JobResult>,
    pub message: Option<String>,
    pub created_at: Time,
}

impl FromRow for Job {
    fn from_row(from: &Row<'_>) -> Result<Self, SqlError> {
        Ok(Self {
            id: from.try_get("id")?,
            user_id: from.try_get("user_id")?,
            state: row::word(from, "status", JobState::from_name)?,
            work: from.try_get("work")?,
            total: from.try_get("total")?,
            progress: from.try_get("progress")?,
            results: row::json(from, "results")?,
            message: from.try_get("message")?,
            created_at: row::time(from, "created_at")?,
        })
    }
}

/// Adds a piece of work.
///
/// # Errors
/// When the database fails; so for every function here.
pub async fn insert(conn: &mut Conn, job: &Job) -> Result<(), StoreError> {
    let sql = "INSERT INTO job_statuses \
        (id, user_id, status, work, total, progress, results, message, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    query(sql)
        .bind(&job.id)
        .bind(job.user_id)
        .bind(job.state.name())
        .bind(&job.work)
        .bind(job.total)
        .bind(job.progress)
        .bind(row::to_json(&job.results)?)
        .bind(job.message.as_deref())
        .bind(job.created_at.timestamp())
        .execute(conn)
        .await?;
    Ok(())
}

/// Writes how far it is.
pub async fn update(conn: &mut Conn, job: &Job) -> Result<(), StoreError> {
    let sql = "UPDATE job_statuses SET status = $2, progress = $3, results = $4, message = $5 \
        WHERE id = $1";
    query(sql)
        .bind(&job.id)
        .bind(job.state.name())
        .bind(job.progress)
        .bind(row::to_json(&job.results)?)
        .bind(job.message.as_deref())
        .execute(conn)
        .await?;
    Ok(())
}

/// Those of the given ids that there are, the oldest first.
pub async fn many(conn: &mut Conn, ids: &[String]) -> Result<Vec<Job>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Builder::new("SELECT * FROM job_statuses WHERE id IN ");
    dialect::push_among(&mut sql, ids)?;
    sql.push(" ORDER BY created_at, id");
    Ok(sql.build_query_as().fetch_all(conn).await?)
}

/// The oldest that is not over.
pub async fn next(conn: &mut Conn) -> Result<Option<Job>, StoreError> {
    let sql = "SELECT * FROM job_statuses WHERE status IN ('queued', 'working') \
        ORDER BY created_at LIMIT 1";
    Ok(query_as(sql).fetch_optional(conn).await?)
}

/// How many are not over.
pub async fn waiting(conn: &mut Conn) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM job_statuses WHERE status IN ('queued', 'working')";
    Ok(query_scalar(sql).fetch_one(conn).await?)
}

/// Forgets those that are over and were asked for before an instant; says how many.
pub async fn purge(conn: &mut Conn, before: Time) -> Result<u64, StoreError> {
    let sql = "DELETE FROM job_statuses \
        WHERE created_at < $1 AND status IN ('completed', 'failed')";
    Ok(query(sql).bind(before.timestamp()).execute(conn).await?.rows_affected())
}
