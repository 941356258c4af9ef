"""The description of the interface is valid, says nothing of why, and is kept to whatever is sent."""

import json
import re

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis import GenerationMode
from schemathesis.specs.openapi import checks

from portal.domain.permissions import Role
from portal.domain.systems import SCOPES, ApiScope
from portal.systems.api.operations import OPERATIONS
from tests.desk import Desk
from tests.systems.conftest import Calls, a_job

WORDS = re.compile(r"abus|violen|victim|survivor|perpetrat|harm|domestic|safe", re.IGNORECASE)
KEPT = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
]
TRIES = 3


def test_the_description_is_valid_and_tells_nobody_what_it_is_for(caller: Calls) -> None:
    found = caller().get("/openapi.json")
    OpenAPIV31SpecValidator(found).validate()
    said = json.dumps(found, ensure_ascii=False)
    assert not (told := set(WORDS.findall(said))), told
    calls = {call["operationId"] for path in found["paths"].values() for call in path.values()}
    assert calls == set(OPERATIONS)
    assert {str(path) for path in found["paths"]} == {each.path for each in OPERATIONS.values()}


def test_an_administrator_saves_the_same_description_and_finds_each_call_explained(desk: Desk, caller: Calls) -> None:
    client = desk.client(Role.ADMINISTRATOR)
    client.get(f"{desk.url}/systems/openapi.json")
    assert client.response
    assert json.loads(client.response.data) == caller().get("/openapi.json")
    said = client.get(f"{desk.url}/systems/help").text
    assert all(f"{each.method} {each.path}" in said for each in OPERATIONS.values())
    assert all(SCOPES[each].says in said for each in ApiScope)


def test_whatever_is_sent_there_is_no_fault_and_no_answer_but_those_described(
    desk: Desk, caller: Calls
) -> None:
    """Schemathesis makes up what nobody would think of, fitting and unfitting: some dozens of calls of each kind."""
    case_id = desk.case()
    real = {"number": a_job(desk, case_id), "reference": f"{desk.place.code}-22222Z"}
    system = caller()
    schema = schemathesis.openapi.from_dict(system.get("/openapi.json"))
    schema.app = system.desk.app
    tried = set()
    for found in schema.get_all_operations():
        operation = found.ok()
        there = {name: real[name] for name in real if f"{{{name}}}" in operation.path}
        ways = [operation.as_strategy(GenerationMode.POSITIVE, path_parameters=there or None)]
        if operation.body or operation.query or there:
            ways.append(operation.as_strategy(GenerationMode.NEGATIVE))

        @seed(0)
        @settings(
            max_examples=TRIES, deadline=None, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=st.one_of(ways))
        def sends(case: schemathesis.Case) -> None:
            case.call_and_validate(headers={"Authorization": f"Bearer {system.secret}"}, checks=KEPT)

        sends()
        tried.add(operation.label)
    assert len(tried) == len(OPERATIONS)
