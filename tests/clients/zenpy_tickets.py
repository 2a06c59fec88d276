"""Tickets with zenpy, unchanged: what an agent does with them, one by one and many at a time.

Numbers such as 14.1/8 name the rows of contract.md. Prints one line a check.
"""

import time

from check import AGENT_EMAIL, agent as hired, check, customer, ids, refusal
from zenpy.lib.api_objects import Comment, Ticket, TicketAudit, User

ana, agent = customer("ANA"), hired()
me = agent.users.me()


def waited_for(job):
    """A piece of work once it is over."""
    for _ in range(300):
        if job.status in ("completed", "failed"):
            return job
        time.sleep(0.1)
        job = agent.job_status(id=job.id)
    return job


def made():
    requester = ana.users.me()
    audit = agent.tickets.create(
        Ticket(
            subject="By telephone",
            comment=Comment(body="The crawler hangs."),
            requester_id=requester.id,
            priority="high",
            type="task",
            tags=["crawler", "telephone"],
            custom_fields=[{"id": 9001, "value": "eu-west"}],
            external_id="CRM-17",
            email_ccs=[{"user_email": "eva@acme.example", "action": "put"}],
        )
    )
    check("14.1/9 a ticket made is an audit", isinstance(audit, TicketAudit))
    check("with what was done", audit.audit.events[0]["body"] == "The crawler hangs.")
    ticket = audit.ticket
    check("it is the customer's", ticket.requester_id == requester.id)
    check("so the customer sees it", ticket.id in ids(ana.requests()))
    check("its requester is a user", ticket.requester.email == "ana@acme.example")
    check("so is its submitter", ticket.submitter.email == AGENT_EMAIL)
    check("its fields are kept", (ticket.priority, ticket.type) == ("high", "task"))
    check("and its tags", sorted(ticket.tags) == ["crawler", "telephone"])
    described = agent.tickets.create(Ticket(subject="Important", description="Thing"))
    check("a description is a comment", described.ticket.description == "Thing")
    named = Ticket(description="x", requester=User(name="Zoe", email="zoe@elsewhere.example"))
    zoe = agent.tickets.create(named).ticket.requester
    check("a requester can be new", (zoe.name, zoe.email) == ("Zoe", "zoe@elsewhere.example"))
    note = Ticket(subject="Hush", comment=Comment(body="n", public=False), requester_id=requester.id)
    hidden = agent.tickets.create(note).ticket.id
    check("a note alone is not the customer's to see", hidden not in ids(ana.requests()))
    return ticket, described.ticket


def found(ticket, other):
    check("all are listed", {ticket.id, other.id} <= set(ids(agent.tickets())))
    numbered = ids(agent.tickets(cursor_pagination=False))
    check("by number, too", {ticket.id, other.id} <= set(numbered))
    some = ids(agent.tickets(ids=[other.id, ticket.id, 999]))
    check("some are shown", some == [ticket.id, other.id])
    check("by another system's id", ids(agent.tickets(external_id="CRM-17")) == [ticket.id])
    check("those of a customer", ticket.id in ids(agent.users.requested(ticket.requester_id)))
    check("those one is copied on", ids(agent.users.cced(ticket.collaborator_ids[0])) == [ticket.id])
    organization = agent.tickets.organizations(ticket.organization_id)
    check("those of an organization", ticket.id in ids(organization))
    kind, _ = refusal(lambda: agent.tickets(ids=range(1, 102)))
    check("14.1/11 too many at once", kind == "TooManyValuesException")
    kinds = {type(it) for it in agent.tickets(include=["users"])}
    check("14.1/7 people beside them are no tickets", kinds == {Ticket})


def changed(ticket):
    ticket.comment = Comment(body="We look into it.", public=True)
    ticket.status = "pending"
    ticket.assignee_id = me.id
    ticket.subject = "Crawler hangs"
    ticket.tags.append("vip")
    ticket.custom_fields = [{"id": 9002, "value": "x"}]
    after = agent.tickets.update(ticket).ticket
    check("fields change in one call", (after.status, after.subject) == ("pending", "Crawler hangs"))
    check("tags too", "vip" in after.tags)
    check("other fields stay", len(after.custom_fields) == 2)
    check("those one works on", ids(agent.users.assigned(me.id)) == [ticket.id])
    audits = list(agent.tickets.audits(ticket.id))
    check("14.1/10 what happened is told", [audit.ticket_id for audit in audits] == [ticket.id] * 2)
    changes = [event for event in audits[1].events if event["type"] == "Change"]
    fields = {event["field_name"] for event in changes}
    check("field by field", {"status", "subject", "tags", "9002"} <= fields)
    said = [comment.body for comment in agent.tickets.comments(ticket.id)]
    check("the comments are read", said[1] == "We look into it.")
    ticket = agent.tickets(id=ticket.id)
    ticket.safe_update, ticket.updated_stamp = True, "2020-01-01T00:00:00Z"
    ticket.status = "open"
    kind, answer = refusal(lambda: agent.tickets.update(ticket))
    check("somebody was faster", (kind, answer.status_code) == ("APIException", 409))


def many(ticket, other):
    for it in (one := agent.tickets(id=ticket.id), two := agent.tickets(id=other.id)):
        it.priority = "urgent"
        it.comment = Comment(body="An outage.", public=True)
    job = agent.tickets.update([one, two])
    check("many at once are work", job.status == "queued" and job.total == 2)
    job = waited_for(job)
    check("which is done", job.status == "completed" and job.progress == 2)
    results = [(result.id, result.success) for result in job.results]
    check("ticket by ticket", results == [(ticket.id, True), (other.id, True)])
    after = {it.priority for it in agent.tickets(ids=[ticket.id, other.id])}
    check("they are changed", after == {"urgent"})
    drafts = [Ticket(subject=f"Bulk {n}", comment=Comment(body="b")) for n in range(3)]
    job = waited_for(agent.tickets.create(drafts))
    outcome = [result.status for result in job.results]
    check("many are made at once", outcome == ["Created"] * 3)
    several = agent.job_status(ids=[job.id])["job_statuses"]
    check("several pieces of work are told", [it.id for it in several] == [job.id])


def searched(ticket):
    hits = list(agent.search("hangs", type="ticket"))
    check("14.1/8 a search finds tickets", [(type(it), it.id) for it in hits] == [(Ticket, ticket.id)])
    order = {"sort_by": "created_at", "sort_order": "asc"}
    hits = agent.search(requester="ana@acme.example", status_less_than="solved", **order)
    check("by operators", ids(hits)[0] == ticket.id)
    people = [user.email for user in agent.search("zoe", type="user")]
    check("and people", people == ["zoe@elsewhere.example"])
    check("and organizations", len(list(agent.search(type="organization"))) > 0)
    check("14.1/14 hits are counted", int(agent.search.count("bulk", type="ticket")) == 3)
    check("an export has them all", len(ids(agent.search_export("bulk", type="ticket"))) == 3)


def promised():
    policies = list(agent.sla_policies())
    check("plans are policies", [policy.title for policy in policies] == ["basic", "advanced"])
    policy = agent.sla_policies(id=2)
    check("with targets", policy.policy_metrics[0].target == 60)
    check("and definitions", len(agent.sla_policies.definitions().all) == 1)


ticket, other = made()
found(ticket, other)
changed(ticket)
many(ticket, other)
searched(ticket)
promised()
kind, _ = refusal(lambda: list(ana.tickets()))
check("a customer gets none of it", kind == "APIException")
print("all checks passed")
