// node-zendesk, unchanged, against a server that lets a customer call three times a minute. ENDPOINT_URI
// is its address, ANA an identity token.

const { createClient } = require("node-zendesk");
const { check, run } = require("./check.js");

const { ANA, ENDPOINT_URI } = process.env;
const ana = createClient({ endpointUri: ENDPOINT_URI, oauth: true, token: ANA });

run(async () => {
  for (let n = 3; n > 0; n -= 1) {
    const { response, result } = await ana.users.auth();
    check(`${n - 1} calls are left`, response.headers.get("x-rate-limit-remaining") === String(n - 1));
    check("14.2/7 and no retry-after comes with an answer", response.headers.get("retry-after") === null && result.id > 0);
  }
  // Not thrown: it takes any answer with `Retry-After` for a 429, and hands it back.
  const { response, result } = await ana.users.auth();
  check("14.2/7 a call too many is handed back as one", response.status === 429 && result.statusCode === 429);
  check("14.3/c with whole seconds to wait", /^[1-9]\d*$/.test(response.headers.get("retry-after")));
  check("14.3/c and a body that is an object", typeof result.result.error === "string");
  const pages = await ana.requests.list();
  check("a list is, too", pages[0].statusCode === 429);
});
