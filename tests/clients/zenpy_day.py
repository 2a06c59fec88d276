"""A day with zenpy, unchanged, against our server: two customers and an agent.

The server's address comes by zenpy's own variables ZENPY_FORCE_NETLOC and ZENPY_FORCE_SCHEME, who
is who by ANA, BEN (identity tokens), AGENT_EMAIL and AGENT_TOKEN. Prints one line a check.
"""

import os

from zenpy import Zenpy
from zenpy.lib.api_objects import Comment, Request, Ticket, TicketAudit
from zenpy.lib.exception import APIException, RecordNotFoundException


def check(what, holds):
    """Says that something holds, or ends the day."""
    assert holds, what
    print("ok:", what)


def customer(name):
    return Zenpy(subdomain="handrail", oauth_token=os.environ[name], disable_cache=True)


def raises(kind, call):
    try:
        call()
    except kind:
        return True
    return False


ana, ben = customer("ANA"), customer("BEN")
agent = Zenpy(
    subdomain="handrail",
    email=os.environ["AGENT_EMAIL"],
    token=os.environ["AGENT_TOKEN"],
    disable_cache=True,
)

check("who am I", ana.users.me().email == "ana@acme.example")
check("the agent is one", agent.users.me().role == "agent")
for name in ("open", "solved", "ccd"):
    check(f"the list {name} is empty", list(getattr(ana.requests, name)()) == [])
check("the list is empty", list(ana.requests()) == [])
check("the list by cursor is empty", list(ana.requests(cursor_pagination=True)) == [])

made = ana.requests.create(
    Request(
        subject="Sent by zenpy",
        priority="high",
        comment=Comment(body="It does not move."),
        email_ccs=[{"user_email": "ben@acme.example", "action": "put"}],
    )
)
check("a request is created", made.id > 0 and made.status == "new")
check("its priority is kept", made.priority == "high")
check("it is listed", [request.id for request in ana.requests()] == [made.id])
check("by cursor, too", [request.id for request in ana.requests(cursor_pagination=True)] == [made.id])
check("it is shown", ana.requests(id=made.id).subject == "Sent by zenpy")
check("whoever is copied lists it", [request.id for request in ben.requests.ccd()] == [made.id])
check("nobody else's list has it", list(ben.requests()) == [])

shown = ana.requests(id=made.id)
shown.comment = Comment(body="Since noon it does.")
check("a comment is sent", ana.requests.update(shown).id == made.id)
said = list(ana.requests.comments(made.id))
check("both are read", [c.body for c in said] == ["It does not move.", "Since noon it does."])

ticket = agent.tickets(id=made.id)
check("the agent reads the ticket", isinstance(ticket, Ticket) and ticket.priority == "high")
ticket.comment = Comment(body="A note among us.", public=False)
check("the agent's note is an audit", isinstance(agent.tickets.update(ticket), TicketAudit))
ticket = agent.tickets(id=made.id)
ticket.comment = Comment(body="It was the lock.", public=True)
ticket.status = "pending"
answer = agent.tickets.update(ticket)
check("the agent answers", answer.ticket.status == "pending")
check("agents see the note", len(list(agent.tickets.comments(made.id))) == 4)
said = [comment.body for comment in ana.requests.comments(made.id)]
check("customers do not", said[2:] == ["It was the lock."])

ticket = agent.tickets(id=made.id)
ticket.assignee_email = os.environ["AGENT_EMAIL"]
ticket.status = "solved"
check("the agent solves", agent.tickets.update(ticket).ticket.status == "solved")
check("it is on the list of those", [request.id for request in ana.requests.solved()] == [made.id])

missing = made.id + 1000
check("a missing request is not found", raises(RecordNotFoundException, lambda: ana.requests(id=missing)))
check("a customer gets no ticket", raises(APIException, lambda: ana.tickets(id=made.id)))
nobody = Zenpy(subdomain="handrail", oauth_token="not a token", disable_cache=True)
check("a wrong token is refused", raises(APIException, lambda: list(nobody.requests())))
print("all checks passed")
