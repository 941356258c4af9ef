"""One table: when this has happened, these jobs follow. Every event stands in it."""



