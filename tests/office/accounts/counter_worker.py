"""Tries to sign in, in a process of its own; prints the answers as JSON.

``prepare`` makes the database with an office and an account; ``login NAME PASSWORD N`` tries N times,
each time from another machine.
"""

import json
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402  # after the set-up
from django.test import Client  # noqa: E402


def prepare() -> dict:
    from tests.office.make import world

    call_command("migrate", verbosity=0)
    made = world()
    return {"name": made.clerk.accounts.get().username}


def login(name: str, password: str, times: str, machine: str) -> dict:
    answers = []
    for n in range(int(times)):
        client = Client(REMOTE_ADDR=f"10.{machine}.0.{n}")
        answer = client.post("/account/login", {"login": name, "password": password})
        answers.append([answer.status_code, "次数" in answer.content.decode()])
    return {"answers": answers}


if __name__ == "__main__":
    print(json.dumps({"prepare": prepare, "login": login}[sys.argv[1]](*sys.argv[2:])))
