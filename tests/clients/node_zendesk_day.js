// A day with node-zendesk, unchanged, against our server: two customers and an agent.
//
// The server's address comes in ENDPOINT_URI, who is who in ANA, BEN (identity tokens), AGENT_EMAIL
// and AGENT_TOKEN. Numbers such as 14.2/4 name the rows of contract.md. Prints one line a check.

const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { Readable } = require("node:stream");
const { createClient } = require("node-zendesk");
const { check, ids, refused, run, same } = require("./check.js");

const { AGENT_EMAIL, AGENT_TOKEN, ANA, BEN, ENDPOINT_URI } = process.env;
// With the original exception a refusal tells its status.
const given = { endpointUri: ENDPOINT_URI, throwOriginalException: true };
const customer = (token, more = {}) => createClient({ ...given, oauth: true, token, ...more });

const [ana, ben] = [customer(ANA), customer(BEN)];
const agent = createClient({ ...given, username: AGENT_EMAIL, token: AGENT_TOKEN });

run(async () => {
  const made = await aCustomerAsks();
  await theAgentAnswers(made);
  await theCustomerReads(made);
  await filesTravel();
  await listsAreReadToTheirEnd(made);
  await searches(made);
  await theDeskWorks(made);
  await peopleAreKept();
  await refusals(made);
});

async function aCustomerAsks() {
  check("14.2/1 the address of another host is taken", (await ana.users.auth()).result.name === "Ana Ruiz");
  check("the agent is one", (await agent.users.auth()).result.role === "agent");
  for (const list of ["list", "listOpen", "listSolved", "listCCD"]) {
    check(`14.2/3 ${list} of nothing ends, and is empty`, same(await ana.requests[list](), []));
  }
  const { response, result } = await ana.requests.create({
    request: {
      subject: "Sent by node-zendesk",
      priority: "high",
      comment: { body: "It does not move." },
      email_ccs: [{ user_email: "ben@acme.example", action: "put" }],
    },
  });
  check("14.2/9 a request is created", response.status === 201 && result.id > 0);
  check("14.2/7 no retry-after on success", response.headers.get("retry-after") === null);
  check("its priority is kept", result.priority === "high" && result.status === "new");
  check("it is listed", same(ids(await ana.requests.list()), [result.id]));
  check("whoever is copied lists it", same(ids(await ben.requests.listCCD()), [result.id]));
  check("it is in nobody else's list", same(await ben.requests.list(), []));
  return result.id;
}

async function theAgentAnswers(id) {
  const { result: ticket } = await agent.tickets.show(id);
  check("the agent reads the ticket", ticket.id === id && ticket.priority === "high");
  const note = { ticket: { comment: { body: "A note among us.", public: false } } };
  check("writes a note", (await agent.tickets.update(id, note)).result.id === id);
  const answer = { comment: { body: "It was the lock.", public: true }, status: "pending", assignee_email: AGENT_EMAIL };
  check("answers", (await agent.tickets.update(id, { ticket: answer })).result.status === "pending");
  const said = await agent.tickets.getComments(id);
  check("14.2/5 reads all comments by cursor, notes too", same(said.map((comment) => comment.public), [true, false, true]));

  const stamp = { safe_update: true, updated_stamp: "2020-01-01T00:00:00Z", status: "open" };
  const late = await refused(() => agent.tickets.update(id, { ticket: stamp }));
  check("14.2/8 somebody who was slower gets 409", late.status === 409 && late.body.error === "UpdateConflict");
}

async function theCustomerReads(id) {
  const { result: shown } = await ana.requests.getRequest(id);
  check("the customer sees the answer's status", shown.status === "pending" && shown.can_be_solved_by_me);
  const [page] = await ana.requests.listComments(id);
  check("14.2/9 comments come in their envelope", page.comments.length === 2 && page.users.length === 2);
  check("14.3/h the note is not among them", !JSON.stringify(page).includes("among us"));
  check("staff are told from customers", page.users.filter((user) => user.agent).length === 1);
  const [one] = await ana.requests.getComment(id, page.comments[1].id);
  check("14.2/9 one comment, too", same(one, { comment: page.comments[1] }));

  const more = { request: { comment: { body: "Since noon it does." } } };
  check("a comment reopens", (await ben.requests.update(id, more)).result.status === "open");
  check("it is among the open ones", same(ids(await ana.requests.listOpen()), [id]));
  const solved = { request: { id, comment: { body: "Thanks." }, solved: true } };
  check("14.3/l whoever is copied does not solve", (await ben.requests.update(id, { request: { solved: true } })).result.status === "open");
  check("the customer solves", (await ana.requests.update(id, solved)).result.status === "solved");
  check("it is among the solved ones", same(ids(await ana.requests.listSolved()), [id]));

  for (const whom of ["ana@acme.example", AGENT_EMAIL]) {
    const disguised = customer(BEN, { asUser: whom });
    check("14.2/10 a disguise changes nobody", (await disguised.users.auth()).result.name === "Ben Adeyemi");
    check("14.2/10 nor what they see", same(await disguised.requests.list(), []));
  }
}

async function filesTravel() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "node-zendesk-"));
  const file = path.join(folder, "log.json");
  const bytes = Buffer.from('{"not": "read as JSON"\u00ff', "latin1");
  fs.writeFileSync(file, bytes);
  const { upload } = await ana.attachments.upload(file, { filename: "log.json" });
  fs.rmSync(folder, { recursive: true });
  check("14.3/i a file goes up in chunks, as JSON by name", upload.attachment.size === bytes.length);
  const more = { filename: "log.json", token: upload.token };
  const { upload: both } = await ana.attachments.upload(Readable.from(["by", "tes"]), more);
  check("a stream goes beside it", both.token === upload.token && both.attachments.length === 2);

  const comment = { body: "See the log.", uploads: [upload.token] };
  const { result } = await ana.requests.create({ request: { subject: "With files", comment } });
  const [page] = await ana.requests.listComments(result.id);
  const [first, second] = page.comments[0].attachments;
  check("they hang on the comment", first.size === bytes.length && second.size === 5);
  const had = (token) => fetch(first.content_url, { headers: { authorization: `Bearer ${token}` } });
  check("their bytes are what was sent", bytes.equals(Buffer.from(await (await had(ANA)).arrayBuffer())));
  check("for those alone who may see them", (await had(BEN)).status === 404);
  check("agents see their records", (await agent.attachments.show(first.id)).result.attachment.id === first.id);

  const { upload: wrong } = await ana.attachments.upload(Readable.from(["bytes"]), { filename: "a.txt" });
  const gone = await ana.attachments.deleteUpload(wrong.token);
  check("a file is taken back", gone.response.status === 204);
  const spent = { request: { comment: { body: "Again.", uploads: [upload.token] } } };
  check("a token is used once", (await refused(() => ana.requests.update(result.id, spent))).status === 422);
  const close = { status: "closed", assignee_email: AGENT_EMAIL };
  await agent.tickets.update(result.id, { ticket: close });
}

async function listsAreReadToTheirEnd(first) {
  const made = [first];
  for (let n = 1; n <= 6; n += 1) {
    const request = { subject: `Number ${n}`, comment: { body: "Again." } };
    made.push((await ben.requests.create({ request: { ...request, email_ccs: [{ user_email: "ana@acme.example" }] } })).result.id);
  }
  const [own, copied] = [made.slice(1), made.slice(1)];
  const order = { sort_by: "created_at", sort_order: "desc" };
  const newest = own.toReversed();
  check("14.2/4 by offset to the end", same(ids(await ben.requests.list({ per_page: 2 })), own));
  check("14.2/4 by cursor to the end", same(ids(await ben.requests.list({ "page[size]": 2 })), own));
  check("14.3/b the order is kept on the way", same(ids(await ben.requests.list({ per_page: 2, ...order })), newest));
  check("14.3/b by cursor, too", same(ids(await ben.requests.list({ "page[size]": 2, ...order })), newest));
  check("14.3/b and the filter", same(ids(await ben.requests.list({ per_page: 1, status: ["new", "open"] })), own));
  check("copies to the end", same(ids(await ana.requests.listCCD({ per_page: 4 })), copied));
  const me = (await ben.users.auth()).result;
  check("those of a person to the end", same(ids(await ben.requests.listByUser(me.id, { "page[size]": 4 })), own));
  const theirs = await agent.requests.listByUser(me.id, { per_page: 4 });
  check("an agent reads them, too", same(ids(theirs), own));
  const all = ids(await agent.requests.listByOrganization(me.organization_id, { per_page: 3 }));
  check("those of an organization to the end", made.every((id) => all.includes(id)) && new Set(all).size === all.length);

  for (let n = 0; n < 101; n += 1) {
    await agent.tickets.update(made[1], { ticket: { comment: { body: `Step ${n}`, public: n % 2 === 0 } } });
  }
  const pages = await ben.requests.listComments(made[1]);
  const said = pages.flatMap((page) => page.comments);
  check("14.2/3 a long conversation is read to its end", said.length === 52);
  check("14.3/h without its notes", said.every((comment) => comment.public));
  const whole = await agent.tickets.getComments(made[1]);
  check("by agents with them", whole.length === 102 && new Set(ids(whole)).size === 102);
}

async function searches(first) {
  const search = async (query) => ids((await ana.requests.search({ query })).result);
  check("14.2/11 blanks are blanks", same(await search("Sent by node-zendesk"), [first]));
  check("with operators", same(await search("node status:solved requester:me created>2020-01-01"), [first]));
  check("in both directions", (await search("number sort:desc order_by:created_at")).length === 6);
  check("14.3/h a note is not found", same(await search("among us"), []));
  check("14.3/j unknown keys are ignored", same(ids((await ana.requests.search({ query: "node-zendesk", locale: "de", binary: "undefined" })).result), [first]));
  const deep = await refused(() => ana.requests.search({ query: "*", page: 1001, per_page: 1 }));
  check("14.2/8 behind the thousandth there is 422", deep.status === 422 && deep.body.error === "invalid");
}

async function theDeskWorks(asked) {
  const { tickets, ticketaudits, jobstatuses, search } = agent;
  const customer = { name: "Ana Ruiz", email: "ana@acme.example" };
  const draft = { subject: "By telephone", requester: customer, comment: { body: "It does not move, again." } };
  const { response, result: made } = await tickets.create({ ticket: { ...draft, tags: ["crawler"], external_id: "call-7" } });
  check("a ticket is made for a customer", response.status === 201 && made.id > 0);
  check("it is the customer's", (await ana.requests.show(made.id)).result.subject === "By telephone");
  const alone = { ...draft, subject: "Among us", comment: { body: "Watch it.", public: false } };
  const { result: note } = await tickets.create({ ticket: alone });
  check("14.3/h a ticket of notes alone is nobody's request", (await refused(() => ana.requests.show(note.id))).status === 404);

  for (let n = 0; n < 101; n += 1) {
    await tickets.create({ ticket: { ...draft, subject: `Call ${n}`, requester: { email: "calls@acme.example" } } });
  }
  const all = ids(await tickets.list());
  check("14.2/5 all tickets are read by cursor, to the end", all.length > 103 && new Set(all).size === all.length);
  check("several are shown at once", same(ids((await tickets.showMany([asked, made.id])).result), [asked, made.id]));
  const me = (await ana.users.auth()).result.id;
  check("those of a customer", ids(await tickets.listByUserRequested(me)).includes(made.id));
  check("those on which an agent works", ids(await tickets.listAssigned((await agent.users.auth()).result.id)).includes(asked));
  check("its history", (await ticketaudits.list(made.id)).length === 1);
  check("also by the tickets", (await tickets.exportAudit(asked)).length > 1);

  const { result: job } = await tickets.updateMany([made.id, note.id], { ticket: { priority: "urgent" } });
  check("many are changed at once", typeof job.job_status.id === "string");
  for (let n = 0; n < 100; n += 1) {
    const { result } = await jobstatuses.show(job.job_status.id);
    if (result.job_status.status === "completed") break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  check("and it is done", (await tickets.show(note.id)).result.priority === "urgent");

  const found = async (query) => ids((await search.query(query)).result);
  check("a search finds tickets", same(await found("type:ticket telephone status<solved tags:crawler"), [made.id]));
  check("agents find notes", same(await found("type:ticket subject:among"), [note.id]));
  check("14.2/3 a search is read to its end", (await search.queryAll("type:ticket subject:call")).length === 101);
  check("a count is a number", (await search.showResultsCount("type:ticket subject:call")).result.count === 101);
  check("14.2/3 an export, too", (await search.exportResults("subject:call", "ticket", 40)).length === 101);
}

async function peopleAreKept() {
  const { users, organizations, organizationmemberships: memberships } = agent;
  const eva = { name: "Eva Lind", email: "eva@initech.example", external_id: "host-eva" };
  const { response, result: made } = await users.create({ user: eva });
  check("an agent makes a person", response.status === 201 && made.email === eva.email);
  const again = await users.createOrUpdate({ user: { ...eva, name: "Eva Lindh" } });
  check("makes or changes one", again.result.id === made.id && again.result.name === "Eva Lindh");
  check("shows one", (await users.show(made.id)).result.name === "Eva Lindh");
  const changed = await users.update(made.id, { user: { notes: "Calls at night." } });
  check("changes one", changed.result.notes === "Calls at night.");
  check("shows several", (await users.showMany([made.id])).result.length === 1);
  check("finds one", same(ids(await users.search({ query: "eva@initech.example" })), [made.id]));
  for (let n = 0; n < 101; n += 1) {
    await users.create({ user: { name: `Person ${n}`, email: `person${n}@initech.example` } });
  }
  const all = ids(await users.list());
  check("14.2/5 reads all people by cursor, to the end", all.length > 104 && new Set(all).size === all.length);

  const { result: initech } = await organizations.create({ organization: { name: "Initech", external_id: "initech" } });
  check("an agent makes an organization", initech.id > 0 && initech.shared_tickets === false);
  const shared = { organization: { external_id: "initech", shared_tickets: true } };
  const { result: sharing } = await organizations.createOrUpdate(shared);
  check("makes or changes one, too", sharing.id === initech.id && sharing.shared_tickets === true);
  check("shows it", (await organizations.show(initech.id)).result.name === "Initech");
  check("lists it", ids(await organizations.list()).includes(initech.id));
  check("finds it by the host's id", same(ids(await organizations.search("initech")), [initech.id]));
  const joined = await memberships.create({ user_id: made.id, organization_id: initech.id });
  check("a person joins it", joined.result.user_id === made.id);
  check("and is listed in it", same(ids(await users.listByOrganization(initech.id)), [made.id]));
  check("and by their memberships", (await memberships.listByUser(made.id)).length === 1);

  const twice = await refused(() => users.create({ user: eva }));
  check("an address is one person's", twice.status === 422 && twice.body.error === "RecordInvalid");
  check("a customer makes nobody", (await refused(() => ana.users.create({ user: eva }))).status === 403);
  check("and lists nobody", (await refused(() => ana.users.list())).status === 403);
}

async function refusals(id) {
  const error = async (call) => {
    const { status, body } = await refused(call);
    return `${status} ${typeof body.error === "string" ? body.error : body.error?.title}`;
  };
  check("a missing request is not found", (await error(() => ana.requests.show(id + 1000))) === "404 RecordNotFound");
  check("nor are its comments", (await error(() => ana.requests.listComments(id + 1000))) === "404 RecordNotFound");
  check("a blank subject is refused", (await error(() => ana.requests.create({ request: { comment: { body: "b" } } }))) === "422 RecordInvalid");
  check("a customer gets no ticket", (await error(() => ana.tickets.show(id))) === "403 Forbidden");
  check("a wrong token is refused", (await error(() => customer("not a token").requests.list())) === "401 invalid_token");
  const wrong = createClient({ ...given, username: AGENT_EMAIL, token: "wrong" });
  check("a wrong agent's token, too", (await error(() => wrong.tickets.show(id))) === "401 Couldn't authenticate you");
  const large = { request: { subject: "Large", comment: { body: "x".repeat(2 * 1024 * 1024) } } };
  check("14.2/8 too large is 422", (await error(() => ana.requests.create(large))) === "422 RecordInvalid");

  // As it is used out of the box, the status stands in the text.
  const plain = createClient({ endpointUri: ENDPOINT_URI, oauth: true, token: ANA });
  const text = await plain.tickets.show(id).then(String, (thrown) => thrown.message);
  check("14.2/8 the refusal's own words arrive", text.includes("(403)") && text.includes("agents"));
}
