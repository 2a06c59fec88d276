"""What the days with zenpy have in common: a line for each check, and who is who.

The server's address comes by zenpy's own variables ZENPY_FORCE_NETLOC and ZENPY_FORCE_SCHEME, who
is who by ANA, BEN (identity tokens), AGENT_EMAIL and AGENT_TOKEN.
"""

import os

from zenpy import Zenpy

AGENT_EMAIL = os.environ.get("AGENT_EMAIL")


def check(what, holds):
    """Says that something holds, or ends the day."""
    assert holds, what
    print("ok:", what)


def customer(name, **more):
    """Zenpy by the identity token that stands in a variable."""
    return Zenpy(subdomain="handrail", oauth_token=os.environ[name], disable_cache=True, **more)


def agent():
    """Zenpy by an agent's API token."""
    return Zenpy(
        subdomain="handrail",
        email=AGENT_EMAIL,
        token=os.environ["AGENT_TOKEN"],
        disable_cache=True,
    )


def ids(records):
    """The ids of all records, however many pages they take."""
    return [record.id for record in records]


def refusal(call):
    """What a call is refused with: the exception's class and the answer, or none."""
    try:
        call()
    except Exception as error:  # each kind is looked at by whoever asks
        return type(error).__name__, getattr(error, "response", None)
    return None, None
