"""The floor: what the same server and database cost at the least, with nothing of the portal in between."""

import os
from http import HTTPStatus

from flask import Flask, redirect, render_template
from jinja2 import DictLoader
from psycopg_pool import ConnectionPool
from werkzeug.wrappers import Response

ADDRESS = "FLOOR_DATABASE"
TABLE = "CREATE TABLE IF NOT EXISTS floor (id serial PRIMARY KEY, reference text, name text, due timestamptz)"
ROWS = "INSERT INTO floor (reference, name, due) SELECT 'REF-' || n, 'Name ' || n, now() FROM generate_series(1, 50) n"
PAGE = """<!doctype html><html lang="en"><head><title>Rows</title></head><body><h1>Rows</h1><table>
{% for row in rows %}<tr><td>{{ row[0] }}</td><td>{{ row[1] }}</td><td>{{ row[2] }}</td><td>{{ row[3] }}</td></tr>
{% endfor %}</table></body></html>"""


def application() -> Flask:
    """Two bare views: one that shows 50 plain rows of one pooled query, one that inserts a row."""
    app = Flask(__name__)
    app.jinja_loader = DictLoader({"rows.html": PAGE})
    pool = ConnectionPool(os.environ[ADDRESS], min_size=4, max_size=8, open=True)

    @app.get("/rows")
    def rows() -> str:
        with pool.connection() as connection:
            found = connection.execute(
                "SELECT id, reference, name, due FROM floor ORDER BY id LIMIT 50"
            ).fetchall()
        return render_template("rows.html", rows=found)

    @app.post("/rows")
    def insert() -> Response:
        with pool.connection() as connection:
            connection.execute("INSERT INTO floor (reference, name, due) VALUES ('REF', 'Name', now())")
        return redirect("/rows", HTTPStatus.SEE_OTHER)

    return app
