// What the days with node-zendesk have in common: a line for each check, and calls that must fail.

/** Says that something holds, or ends the day. */
function check(what, holds) {
  if (!holds) throw new Error(`this does not hold: ${what}`);
  console.log(`ok: ${what}`);
}

/** The refusal of a call that the client raises: its status and body. */
async function refused(call) {
  try {
    await call();
  } catch (error) {
    return { status: error.statusCode, body: error.result ?? {} };
  }
  return { status: "not refused", body: {} };
}

/** The ids of some records. */
const ids = (records) => records.map((record) => record.id);

/** Whether two lists are the same. */
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** Runs a day; its last line says that all of it went well. */
function run(day) {
  day().then(
    () => console.log("all checks passed"),
    (error) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
}

module.exports = { check, ids, refused, run, same };
