"""What every test has in common: the marks that tie tests to the clauses of the policies."""

pytest_plugins = ["tests.ledger_plugin"]
