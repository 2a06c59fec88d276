"""What schemathesis has to be told by a program; the rest stands in schemathesis.toml."""

import itertools

import schemathesis

CALLS = itertools.count()


@schemathesis.hook
def before_call(_context, case, _kwargs):
    """Gives each call a key of its own, or all but the first would be taken for its repetitions.

    Keys that are not valid are left as they are, to be refused.
    """
    headers = case.headers or {}
    key = headers.get("Idempotency-Key")
    if isinstance(key, str) and 0 < len(key) < 256 and key.isascii() and key.isprintable():
        headers["Idempotency-Key"] = f"key {next(CALLS)}"
