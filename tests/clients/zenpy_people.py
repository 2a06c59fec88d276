"""People and organizations with zenpy, unchanged: an agent's daily work, and what a customer sees.

Numbers such as 14.1/2 name the rows of contract.md. Prints one line a check.
"""

from check import agent as hired, check, customer, ids, refusal
from zenpy.lib.api_objects import Organization, OrganizationMembership, User

ana, agent = customer("ANA"), hired()


def names(records):
    return [record.name for record in records]


def organizations():
    made = agent.organizations.create(Organization(name="Umbrella", external_id="u-1", notes="n"))
    check("an organization is made", made.id > 0 and made.notes == "n")
    check("14.1/2 it is listed", made.id in ids(agent.organizations()))
    check("by number, too", made.id in ids(agent.organizations(cursor_pagination=False)))
    check("it is shown", agent.organizations(id=made.id).name == "Umbrella")
    check("some are shown", ids(agent.organizations(ids=[made.id, 999])) == [made.id])
    check("by ids elsewhere", ids(agent.organizations(external_ids=["u-1"])) == [made.id])
    check("by one of them", ids(agent.organizations.external("u-1")) == [made.id])
    made.shared_tickets = True
    check("it is changed", agent.organizations.update(made).shared_tickets is True)
    same = agent.organizations.create_or_update(Organization(external_id="u-1", name="Umbrella Ltd"))
    check("made or changed", (same.id, same.name) == (made.id, "Umbrella Ltd"))
    kind, answer = refusal(lambda: agent.organizations.create(Organization(name="Umbrella Ltd")))
    check("a name twice is refused", (kind, answer.status_code) == ("APIException", 422))
    return made


def people(organization):
    made = agent.users.create(
        User(name="Eva", email="eva@umbrella.example", organization_id=organization.id, tags=["vip"])
    )
    check("somebody is made", made.id > 0 and made.tags == ["vip"])
    check("of an organization", made.organization.name == "Umbrella Ltd")
    check("14.1/2 they are listed", made.id in ids(agent.users()))
    check("by role", made.id not in ids(agent.users(role="agent")))
    check("by roles", made.id in ids(agent.users(role=["agent", "end-user"])))
    check("some are shown", names(agent.users(ids=[made.id, 999])) == ["Eva"])
    made.name, made.ticket_restriction = "Eva Lind", "organization"
    changed = agent.users.update(made)
    check("14.1/5 they are changed", changed.name == "Eva Lind")
    check("and see more", changed.ticket_restriction == "organization")
    again = agent.users.create_or_update(User(name="Eva L.", email="eva@umbrella.example"))
    check("made or changed by address", again.id == made.id)
    new = agent.users.create_or_update(User(name="New", email="new@x.example", external_id="n-1"))
    check("by the id elsewhere", ids(agent.users(external_id="n-1")) == [new.id])
    check("found by words", ids(agent.users.search(query="eva l")) == [made.id])
    check("by address", ids(agent.users.search(query="eva@umbrella.example")) == [made.id])
    check("by id elsewhere", ids(agent.users.search(external_id="n-1")) == [new.id])
    kind, answer = refusal(lambda: agent.users.create(User(name="E", email="eva@umbrella.example")))
    code = answer.json()["details"]["email"][0]["error"]
    check("14.1/11 an address twice is refused", (kind, code) == ("APIException", "DuplicateValue"))
    kind, answer = refusal(lambda: agent.users.create(User(name="E", email="e@x.example", role="agent")))
    check("agents make no agents", (kind, answer.status_code) == ("APIException", 403))
    check("identities", [it.value for it in agent.users.identities(id=made.id)] == [made.email])
    check("as they see themselves", agent.end_user.show(made.id).name == "Eva L.")
    check("their organizations", names(agent.users.organizations(made.id)) == ["Umbrella Ltd"])
    check("what hangs on them", agent.users.related(made.id).requested_tickets == 0)
    check("who belongs to it", ids(agent.organizations.users(organization.id)) == [made.id])
    return made


def memberships(eva, organization):
    second = agent.organizations.create(Organization(name="Second"))
    new = OrganizationMembership(user_id=eva.id, organization_id=second.id)
    made = agent.organization_memberships.create(new)
    check("a membership is made", (made.user.id, made.organization.name) == (eva.id, "Second"))
    of_eva = list(agent.users.organization_memberships(eva.id))
    belongs = [(it.organization_id, it.default) for it in of_eva]
    check("the first is the default", belongs == [(organization.id, True), (second.id, False)])
    check("they are listed", made.id in ids(agent.organization_memberships()))
    check("by organization", ids(agent.organizations.organization_memberships(second.id)) == [made.id])
    agent.organization_memberships.delete(made)
    check("it is ended", len(list(agent.users.organization_memberships(eva.id))) == 1)
    agent.organizations.delete(second)
    kind, _ = refusal(lambda: agent.organizations(id=second.id))
    check("14.1/11 an unused organization is removed", kind == "RecordNotFoundException")


def leaving(eva):
    other = agent.users.create(User(name="Eva elsewhere", email="eva@elsewhere.example"))
    check("two are merged", agent.users.merge(other, eva).id == eva.id)
    check("somebody is deleted", agent.users.delete(eva).active is False)
    check("and found no more", ids(agent.users.search(query="eva")) == [])


def a_customer():
    me = ana.users.me()
    check("oneself", ana.end_user.show(me.id).email == me.email)
    of_ana = list(ana.users.organization_memberships(me.id))
    check("one's memberships", [it.organization_name for it in of_ana] == ["Acme"])
    check("one's organization", ana.organizations(id=me.organization_id).name == "Acme")
    check("names", "Ana Ruiz" in names(ana.users(ids=[1, 2, 3, me.id])))
    for call in (ana.users, ana.organizations):
        kind, answer = refusal(lambda call=call: list(call()))
        check("lists are for agents", (kind, answer.status_code) == ("APIException", 403))
    check("fields", "Subject" in [it.title for it in ana.ticket_fields()])
    check("forms", len(list(ana.ticket_forms())) == 1)
    check("statuses", "Pending" in [it.agent_label for it in ana.custom_statuses()])


ana.users.me()
umbrella = organizations()
eva = people(umbrella)
memberships(eva, umbrella)
leaving(eva)
a_customer()
print("all checks passed")
