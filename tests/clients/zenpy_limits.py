"""zenpy, unchanged, against a server that lets a customer call three times in three seconds."""

import time

from check import check, customer, refusal
from zenpy.lib.exception import RatelimitBudgetExceeded

ana = customer("ANA")
began = time.monotonic()
for _ in range(5):
    assert ana.users.me().id > 0
check("14.1/12 a call too many waits whole seconds and is made again", time.monotonic() - began > 1)

hasty = customer("ANA", ratelimit_budget=1)
names = {refusal(hasty.users.me)[0] for _ in range(5)}
check("14.1/12 unless there is no time for it", RatelimitBudgetExceeded.__name__ in names)

careful = customer("ANA", proactive_ratelimit=2, proactive_ratelimit_request_interval=2)
careful.users.me()
left = careful.users.callsafety["lastlimitremaining"]
check("14.1/13 what is left of the limit is told", 0 <= left < 3)
began = time.monotonic()
for _ in range(3):
    careful.users.me()
check("14.1/13 and zenpy keeps within it", time.monotonic() - began > 1)
print("all checks passed")
