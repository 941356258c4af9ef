"""Which bytes in owned tables are not sealed, each with what it is."""

UNSEALED_BYTES = {
    "back_visit.secret_hash": "the hash of a random secret of one browser",
    "way_back.code_hash": "a slow hash of a random number",
    "audit_seal.hash": "a hash",
    "audit_entry.shown": "ids of cases and reports",
    "draft.secret_hash": "a hash",
    "record_key.wrapped": "sealed by the landlord’s key: tests/store/test_record_keys.py",
    "record_key.blanks": "keyed hashes",
    "apart_token.token": "a keyed hash",
    "shared_key.wrapped": "sealed by the landlord’s key: tests/partners/test_grants_in_the_database.py",
    "person_key.token": "a keyed hash",
    "work_order.link": "a keyed hash",
    "sign_on_tie.subject": "a keyed hash",
    "flag.place": "a keyed hash",
    "system_token.token": "a keyed hash",
    "imported_case.key": "a keyed hash",
    "own_home.key": "a keyed hash",
    "own_home.other": "a keyed hash",
    "own_home.place": "a keyed hash",
    "system_answer.key": "a keyed hash",
    "search_token.token": "a keyed hash",
}
