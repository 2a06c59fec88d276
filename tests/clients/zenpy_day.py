"""A day with zenpy, unchanged, against our server: two customers and an agent.

Numbers such as 14.1/2 name the rows of contract.md. Prints one line a check.
"""

import io
from datetime import date, datetime, timedelta

from check import AGENT_EMAIL, agent as hired, check, customer, ids, refusal
from zenpy import Zenpy
from zenpy.lib.api_objects import (
    Comment,
    Request,
    Ticket,
    TicketAudit,
    User,
)

ana, ben, agent = customer("ANA"), customer("BEN"), hired()


def a_customer_asks():
    check("14.1/1 the address of another host is taken", ana.users.me().email == "ana@acme.example")
    check("the agent is one", agent.users.me().role == "agent")
    for name in ("open", "solved", "ccd"):
        check(f"14.1/2 the list {name} is empty", ids(getattr(ana.requests, name)()) == [])
        by_cursor = getattr(ana.requests, name)
        check(f"14.1/2 {name} has its key though it is", len(by_cursor()) == 0)
    check("14.1/2 the list is empty", ids(ana.requests()) == [])
    check("14.1/2 by cursor, too", ids(ana.requests(cursor_pagination=True)) == [])

    made = ana.requests.create(
        Request(
            subject="Sent by zenpy",
            priority="high",
            comment=Comment(body="It does not move."),
            email_ccs=[{"user_email": "ben@acme.example", "action": "put"}],
        )
    )
    check("14.1/5 a request is created", made.id > 0 and made.status == "new")
    check("its priority is kept", made.priority == "high")
    check("it is listed", ids(ana.requests()) == [made.id])
    check("14.1/2 by cursor, too", ids(ana.requests(cursor_pagination=True)) == [made.id])
    check("it is shown", ana.requests(id=made.id).subject == "Sent by zenpy")
    check("whoever is copied lists it", ids(ben.requests.ccd()) == [made.id])
    check("nobody else's list has it", ids(ben.requests()) == [])

    shown = ana.requests(id=made.id)
    shown.comment = Comment(body="Since noon it does.")
    check("14.1/5 a comment is sent with the id", ana.requests.update(shown).id == made.id)
    said = list(ana.requests.comments(made.id))
    bodies = [comment.body for comment in said]
    check("14.1/6 both are read", bodies == ["It does not move.", "Since noon it does."])
    check("14.1/6 and are comments", {type(comment).__name__ for comment in said} == {"Comment"})
    return made.id


def the_agent_answers(id):
    ticket = agent.tickets(id=id)
    check("the agent reads the ticket", isinstance(ticket, Ticket) and ticket.priority == "high")
    ticket.comment = Comment(body="A note among us.", public=False)
    check("14.1/9 the agent's note is an audit", isinstance(agent.tickets.update(ticket), TicketAudit))
    ticket = agent.tickets(id=id)
    ticket.comment = Comment(body="It was the lock.", public=True)
    ticket.status = "pending"
    answer = agent.tickets.update(ticket)
    check("14.1/9 the agent answers, and gets both", answer.ticket.status == "pending")
    check("14.1/9 with what was done", {event["type"] for event in answer.audit.events} >= {"Comment", "Change"})
    said = list(agent.tickets.comments(id))
    check("14.1/7 a ticket's comments are comments", {type(it).__name__ for it in said} == {"Comment"})
    check("agents see the note", [it.public for it in said] == [True, True, False, True])
    said = [comment.body for comment in ana.requests.comments(id)]
    check("14.3/h customers do not", said[2:] == ["It was the lock."])

    shown = ben.requests(id=id)
    shown.solved = True
    check("14.3/l whoever is copied does not solve", ben.requests.update(shown).status == "pending")
    ticket = agent.tickets(id=id)
    ticket.assignee_email = AGENT_EMAIL
    ticket.status = "solved"
    check("the agent solves", agent.tickets.update(ticket).ticket.status == "solved")
    check("it is on the list of those", ids(ana.requests.solved()) == [id])
    shown = ana.requests(id=id)
    shown.comment = Comment(body="Not quite.")
    check("14.3/m a comment reopens", ana.requests.update(shown).status == "open")
    check("it is among the open ones", ids(ana.requests.open()) == [id])
    shown = ana.requests(id=id)
    shown.solved = True
    check("14.1/5 the customer solves", ana.requests.update(shown).status == "solved")


def files_travel():
    sent = b'{"not": "read as JSON"\xff'
    upload = ana.attachments.upload(io.BytesIO(sent), target_name="log of today.json")
    check("a file goes up", upload.attachment.size == len(sent))
    check("its name has its blanks", upload.attachment.file_name == "log of today.json")
    both = ana.attachments.upload(io.BytesIO(b"bytes"), target_name="b.txt", token=upload.token)
    check("another goes beside it", both.token == upload.token and len(both.attachments) == 2)
    comment = Comment(body="See the log.", uploads=[upload.token])
    made = ana.requests.create(Request(subject="With files", comment=comment))
    first, second = next(iter(ana.requests.comments(made.id))).attachments
    check("they hang on the comment", (first.size, second.size) == (len(sent), 5))
    had = agent.attachments.download(first.id)
    check("the agent has their bytes", had.getvalue() == sent)
    wrong = ana.attachments.upload(io.BytesIO(b"x"), target_name="wrong.txt")
    ana.attachments.delete(wrong.token)
    name, answer = refusal(lambda: ana.attachments.delete(wrong.token))
    check("one that was taken back is gone", name == "RecordNotFoundException")
    return made.id


def lists_are_read_to_their_end(first):
    own = []
    for n in range(7):
        comment = Comment(body="Again.")
        ccs = [{"user_email": "ana@acme.example"}]
        own.append(ben.requests.create(Request(subject=f"Number {n}", comment=comment, email_ccs=ccs)).id)
    check("14.1/2 by offset to the end", ids(ben.requests(per_page=2)) == own)
    check("14.1/2 its length is that of all", len(ben.requests(per_page=2)) == 7)
    check("14.1/2 by cursor to the end", ids(ben.requests(cursor_pagination=2)) == own)
    newest = ben.requests(per_page=3, sort_by="created_at", sort_order="desc")
    check("14.3/b the order is kept on the way", ids(newest) == own[::-1])
    check("14.1/3 status on a list is not sent", ids(ben.requests(status="solved")) == own)
    me = ben.users.me()
    check("14.1/4 those of a person", ids(ben.users.requests(id=me.id)) == own)
    check("14.1/4 an agent reads them, too", ids(agent.users.requests(id=me.id)) == own)
    all = ids(agent.organizations.requests(id=me.organization_id))
    check("14.1/4 those of an organization", set(own) | {first} <= set(all) and len(all) == len(set(all)))

    for n in range(101):
        change = Ticket(id=own[0], comment=Comment(body=f"Step {n}", public=n % 2 == 0))
        agent.tickets.update(change)
    said = list(ben.requests.comments(own[0]))
    check("14.1/6 a long conversation by next_page", len(said) == 52 and all_public(said))
    check("14.1/7 by agents, with notes", len(ids(agent.tickets.comments(own[0]))) == 102)
    return own


def all_public(comments):
    return all(comment.public for comment in comments)


def searches(first, own):
    check("14.1/14 blanks are blanks", ids(ana.requests.search("Sent by zenpy")) == [first])
    found = ana.requests.search("number", status="new", include="users", per_page=2)
    check("14.1/3 status goes beside a search, and pages follow", sorted(ids(found)) == own)
    found = ana.requests.search("zenpy requester:me created>2020-01-01 order_by:created_at sort:asc")
    check("operators narrow", ids(found) == [first])
    check("14.3/h a note is not found", ids(ana.requests.search("among us")) == [])
    name, answer = refusal(lambda: list(ana.requests.search("*", page=1001, per_page=1)))
    check("14.1/11 behind the thousandth", name == "SearchResponseLimitExceeded")


def the_desk_works(asked):
    def customer():
        return User(name="Ana Ruiz", email="ana@acme.example")

    draft = Ticket(
        subject="By telephone",
        description="It does not move, again.",
        requester=customer(),
        priority="normal",
        tags=["crawler"],
    )
    made = agent.tickets.create(draft)
    check("14.1/9 a ticket for a customer comes with its audit", isinstance(made, TicketAudit))
    ticket = made.ticket
    check("it is the customer's", ana.requests(id=ticket.id).requester_id == ana.users.me().id)
    note = agent.tickets.create(Ticket(subject="Among us", comment=Comment(body="Watch it.", public=False), requester=customer()))
    name, answer = refusal(lambda: ana.requests(id=note.ticket.id))
    check("14.3/h a ticket of notes alone is nobody's request", name == "RecordNotFoundException")
    check("14.3/h nor in a list", note.ticket.id not in ids(ana.requests()))

    everything = ids(agent.tickets())
    check("all tickets are read to the end", {asked, ticket.id} <= set(everything) and len(set(everything)) == len(everything))
    by_cursor = ids(agent.tickets(cursor_pagination=True))
    check("by cursor, too", sorted(by_cursor) == sorted(everything))
    check("those on which somebody is copied", asked in ids(agent.users.cced(ben.users.me().id)))

    found = agent.search("telephone", type="ticket", status_less_than="solved")
    check("14.1/8 a search finds tickets", [type(it).__name__ for it in found] == ["Ticket"])
    yesterday = date.today() - timedelta(days=1)
    found = agent.search("telephone", created_after=yesterday, minus="jelly")
    check("14.1/14 dates go out as plain days", ids(found) == [ticket.id])
    found = agent.search("tags:crawler", created_after=datetime.now() - timedelta(days=1))
    check("14.1/14 and as times", ids(found) == [ticket.id])
    check("agents find notes", ids(agent.search("watch")) == [note.ticket.id])
    check("14.1/14 a count is a number", int(agent.search.count("telephone")) == 1)
    all = ids(agent.search_export("type:ticket", type="ticket"))
    check("everything is exported", sorted(all) == sorted(everything))


def everybody_is_read():
    for n in range(101):
        agent.users.create(User(name=f"Person {n}", email=f"person{n}@initech.example"))
    everybody = ids(agent.users())
    check("14.1/2 all people are read to the end", len(set(everybody)) == len(everybody) > 103)
    by_number = ids(agent.users(cursor_pagination=False))
    check("by number, too", sorted(by_number) == sorted(everybody))


def refusals(id):
    missing = id + 1000
    name, answer = refusal(lambda: ana.requests(id=missing))
    check("14.1/11 a missing request is not found", name == "RecordNotFoundException")
    check("14.1/11 by an object", answer.json() == {"error": "RecordNotFound", "description": "Not found"})
    other = refusal(lambda: agent.requests(id=id))[1]
    check("nor one of others, in the same words", other.content == answer.content)
    name, answer = refusal(lambda: ana.tickets(id=id))
    check("a customer gets no ticket", (name, answer.status_code) == ("APIException", 403))
    name, answer = refusal(lambda: ana.requests.create(Request(comment=Comment(body="b"))))
    check("a blank subject is refused", answer.json()["details"]["subject"][0]["error"] == "BlankValue")
    nobody = Zenpy(subdomain="handrail", oauth_token="not a token", disable_cache=True)
    name, answer = refusal(lambda: list(nobody.requests()))
    check("a wrong token is refused", (name, answer.status_code) == ("APIException", 401))


asked = a_customer_asks()
the_agent_answers(asked)
filed = files_travel()
own = lists_are_read_to_their_end(asked)
searches(asked, own)
the_desk_works(asked)
everybody_is_read()
refusals(asked)
print("all checks passed")
